namespace Unroll.Benchmarks;

/// <summary>What the measurements of the processor's limits need from a vector, so that one text serves every width.</summary>
internal interface IVectorWidth<TVector>
    where TVector : struct
{
    static abstract int Count { get; }

    static abstract TVector Broadcast(float value);

    static abstract TVector Load(ref float source, nuint index);

    static abstract void Store(TVector value, ref float target, nuint index);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    static abstract float Sum(TVector value);
}
