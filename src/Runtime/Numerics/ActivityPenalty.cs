using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Numerics;

/// <summary>The penalty of <c>keras.layers.ActivityRegularization</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ActivityPenalty
{
    /// <summary>y = l1·Σ|x| + l2·Σx² of each sample of <paramref name="vectors"/> padded vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        ref float x, ref float y, nuint samples, int vectors, int columns, int stride, int yStride, float l1, float l2)
    {
        for (; samples != 0; samples--)
        {
            double penalty = 0;
            for (int vector = 0; vector < vectors; vector++)
            {
                ReadOnlySpan<float> values = MemoryMarshal.CreateReadOnlySpan(ref x, columns);
                penalty += l1 == 0 ? 0 : l1 * Sums.OfMagnitudes(values);
                penalty += l2 == 0 ? 0 : l2 * Sums.OfSquares(values);
                x = ref Unsafe.Add(ref x, stride);
            }

            y = (float)penalty;
            y = ref Unsafe.Add(ref y, yStride);
        }
    }

    /// <summary>dx = (l1·sign(x) + 2·l2·x)·share, and 0 in the padding, where x need not be 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(
        ref float x, ref float dx, nuint samples, int vectors, int columns, int stride, float l1, float l2, float share)
    {
        float linear = 2f * l2 * share;
        float constant = l1 * share;
        int whole = columns - (columns % Vector<float>.Count);
        for (nuint vector = samples * (nuint)vectors; vector != 0; vector--)
        {
            for (nuint column = 0; column < (nuint)whole; column += (nuint)Vector<float>.Count)
            {
                Vector<float> values = Vector.LoadUnsafe(ref x, column);
                Vector<float> negative = Vector.ConditionalSelect(
                    Vector.LessThan(values, Vector<float>.Zero), new Vector<float>(-constant), Vector<float>.Zero);
                Vector<float> sign = Vector.ConditionalSelect(
                    Vector.GreaterThan(values, Vector<float>.Zero), new Vector<float>(constant), negative);
                ((values * linear) + sign).StoreUnsafe(ref dx, column);
            }

            for (int column = whole; column < columns; column++)
            {
                float value = Unsafe.Add(ref x, column);
                float sign = value > 0f ? constant : value < 0f ? -constant : 0f;
                Unsafe.Add(ref dx, column) = (value * linear) + sign;
            }

            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref dx, columns), stride - columns).Clear();
            x = ref Unsafe.Add(ref x, stride);
            dx = ref Unsafe.Add(ref dx, stride);
        }
    }
}
