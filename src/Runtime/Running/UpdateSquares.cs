using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Unroll.Numerics;

namespace Unroll.Running;

/// <summary>Sums of squares over some parameters in one update: of what they were, of their gradients, of their changes.</summary>
internal readonly record struct UpdateSquares(double Weights, double Gradients, double Changes)
{
    // Between these, squares that single precision cannot hold are too few to be seen in the sum.
    private const float Least = 1e-30f;
    private const float Most = 1e30f;

    public static UpdateSquares operator +(UpdateSquares left, UpdateSquares right) =>
        new(left.Weights + right.Weights, left.Gradients + right.Gradients, left.Changes + right.Changes);

    /// <summary>One pass over all three, in single precision; for few enough values that its roundings do not count.</summary>
    /// <param name="before">The parameters before the update, at most <see cref="UpdateMeter.PieceLength"/>.</param>
    /// <param name="after">Those after it.</param>
    /// <param name="gradients">Their gradients.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static UpdateSquares Of(ReadOnlySpan<float> before, ReadOnlySpan<float> after, ReadOnlySpan<float> gradients)
    {
        int count = before.Length;
        int whole = count - (count % (2 * SimdWidth.Floats));
        ref readonly float w = ref MemoryMarshal.GetReference(before);
        ref readonly float v = ref MemoryMarshal.GetReference(after[..count]);
        ref readonly float g = ref MemoryMarshal.GetReference(gradients[..count]);
        UpdateSquares fast = SimdWidth.Is512 ? Of<Simd512, Vector512<float>>(in w, in v, in g, (nuint)whole)
            : SimdWidth.Is256 ? Of<Simd256, Vector256<float>>(in w, in v, in g, (nuint)whole)
            : Of<Simd128, Vector128<float>>(in w, in v, in g, (nuint)whole);
        return new UpdateSquares(
            IsExact(fast.Weights) ? fast.Weights + Sums.OfSquares(before[whole..]) : Sums.OfSquares(before),
            IsExact(fast.Gradients) ? fast.Gradients + Sums.OfSquares(gradients[whole..]) : Sums.OfSquares(gradients),
            IsExact(fast.Changes)
                ? fast.Changes + Sums.OfSquaredDifferences(after[whole..], before[whole..])
                : Sums.OfSquaredDifferences(after, before));
    }

    private static bool IsExact(double sum) => sum is > Least and < Most;

    // Two sums of each kind: one alone would wait for its last addition.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static UpdateSquares Of<S, V>(ref readonly float before, ref readonly float after, ref readonly float gradients, nuint count)
        where S : struct, ISimd<V>
        where V : struct
    {
        V weights = S.Zero, changes = weights, slopes = weights, moreWeights = weights, moreChanges = weights, moreSlopes = weights;
        for (nuint i = 0; i < count; i += 2 * (nuint)S.Count)
        {
            nuint next = i + (nuint)S.Count;
            V a = S.Load(in before, i), b = S.Load(in before, next);
            V g = S.Load(in gradients, i), h = S.Load(in gradients, next);

            // Subtracted as floats: that is the step which was taken.
            V c = S.Subtract(S.Load(in after, i), a), d = S.Subtract(S.Load(in after, next), b);
            weights = S.MultiplyAdd(a, a, weights);
            slopes = S.MultiplyAdd(g, g, slopes);
            changes = S.MultiplyAdd(c, c, changes);
            moreWeights = S.MultiplyAdd(b, b, moreWeights);
            moreSlopes = S.MultiplyAdd(h, h, moreSlopes);
            moreChanges = S.MultiplyAdd(d, d, moreChanges);
        }

        return new UpdateSquares(S.Sum(S.Add(weights, moreWeights)), S.Sum(S.Add(slopes, moreSlopes)), S.Sum(S.Add(changes, moreChanges)));
    }
}
