using System.Runtime.CompilerServices;

namespace Unroll.Benchmarks;

/// <summary>The loops whose speed is the processor's limit: what a kernel can be held against.</summary>
internal static class ProcessorLimits
{
    /// <summary>Sums that do not depend on each other: more than two units with a latency of four cycles keep busy.</summary>
    public const int Accumulators = 12;

    /// <summary>Multiply-adds of vectors in registers, <see cref="Accumulators"/> in each round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float MultiplyAdd<TWidth, TVector>(int rounds)
        where TWidth : IVectorWidth<TVector>
        where TVector : struct
    {
        // s·a + b stays near b / (1 − a): no overflow, no denormal.
        TVector a = TWidth.Broadcast(0.5f), b = TWidth.Broadcast(1f);
        TVector s0 = b, s1 = b, s2 = b, s3 = b, s4 = b, s5 = b, s6 = b, s7 = b, s8 = b, s9 = b, s10 = b, s11 = b;
        for (int round = 0; round < rounds; round++)
        {
            s0 = TWidth.MultiplyAdd(s0, a, b);
            s1 = TWidth.MultiplyAdd(s1, a, b);
            s2 = TWidth.MultiplyAdd(s2, a, b);
            s3 = TWidth.MultiplyAdd(s3, a, b);
            s4 = TWidth.MultiplyAdd(s4, a, b);
            s5 = TWidth.MultiplyAdd(s5, a, b);
            s6 = TWidth.MultiplyAdd(s6, a, b);
            s7 = TWidth.MultiplyAdd(s7, a, b);
            s8 = TWidth.MultiplyAdd(s8, a, b);
            s9 = TWidth.MultiplyAdd(s9, a, b);
            s10 = TWidth.MultiplyAdd(s10, a, b);
            s11 = TWidth.MultiplyAdd(s11, a, b);
        }

        TVector left = TWidth.Add(TWidth.Add(TWidth.Add(s0, s1), TWidth.Add(s2, s3)), TWidth.Add(s4, s5));
        TVector right = TWidth.Add(TWidth.Add(TWidth.Add(s6, s7), TWidth.Add(s8, s9)), TWidth.Add(s10, s11));
        return TWidth.Sum(TWidth.Add(left, right));
    }

    /// <summary>Σ x: reads memory and does nothing else that takes time. The length is a multiple of 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Read<TWidth, TVector>(ref float x, int length)
        where TWidth : IVectorWidth<TVector>
        where TVector : struct
    {
        nuint step = (nuint)TWidth.Count;
        TVector s0 = TWidth.Broadcast(0f), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (nuint i = 0; i < (nuint)length; i += 8 * step)
        {
            s0 = TWidth.Add(s0, TWidth.Load(ref x, i));
            s1 = TWidth.Add(s1, TWidth.Load(ref x, i + step));
            s2 = TWidth.Add(s2, TWidth.Load(ref x, i + (2 * step)));
            s3 = TWidth.Add(s3, TWidth.Load(ref x, i + (3 * step)));
            s4 = TWidth.Add(s4, TWidth.Load(ref x, i + (4 * step)));
            s5 = TWidth.Add(s5, TWidth.Load(ref x, i + (5 * step)));
            s6 = TWidth.Add(s6, TWidth.Load(ref x, i + (6 * step)));
            s7 = TWidth.Add(s7, TWidth.Load(ref x, i + (7 * step)));
        }

        return TWidth.Sum(TWidth.Add(TWidth.Add(TWidth.Add(s0, s1), TWidth.Add(s2, s3)), TWidth.Add(TWidth.Add(s4, s5), TWidth.Add(s6, s7))));
    }

    /// <summary>a = b + ½·c: two streams read and one written. The length is a multiple of 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Triad<TWidth, TVector>(ref float a, ref float b, ref float c, int length)
        where TWidth : IVectorWidth<TVector>
        where TVector : struct
    {
        nuint step = (nuint)TWidth.Count;
        TVector half = TWidth.Broadcast(0.5f);
        for (nuint i = 0; i < (nuint)length; i += 4 * step)
        {
            TWidth.Store(TWidth.MultiplyAdd(half, TWidth.Load(ref c, i), TWidth.Load(ref b, i)), ref a, i);
            TWidth.Store(TWidth.MultiplyAdd(half, TWidth.Load(ref c, i + step), TWidth.Load(ref b, i + step)), ref a, i + step);
            TWidth.Store(TWidth.MultiplyAdd(half, TWidth.Load(ref c, i + (2 * step)), TWidth.Load(ref b, i + (2 * step))), ref a, i + (2 * step));
            TWidth.Store(TWidth.MultiplyAdd(half, TWidth.Load(ref c, i + (3 * step)), TWidth.Load(ref b, i + (3 * step))), ref a, i + (3 * step));
        }
    }
}
