using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>The penalty of <c>keras.layers.ActivityRegularization</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ActivityPenalty
{
    /// <summary>y = l1·Σ|x| + l2·Σx² of each sample of <paramref name="vectors"/> padded vectors.</summary>
    public static void Run(
        ref float x, ref float y, nuint samples, int vectors, int columns, int stride, int yStride, float l1, float l2)
    {
        for (; samples != 0; samples--)
        {
            double magnitude = 0;
            double square = 0;
            for (int vector = 0; vector < vectors * stride; vector += stride)
            {
                for (int column = 0; column < columns; column++)
                {
                    double value = Unsafe.Add(ref x, vector + column);
                    magnitude += Math.Abs(value);
                    square += value * value;
                }
            }

            y = (float)((l1 * magnitude) + (l2 * square));
            x = ref Unsafe.Add(ref x, vectors * stride);
            y = ref Unsafe.Add(ref y, yStride);
        }
    }

    /// <summary>dx = (l1·sign(x) + 2·l2·x)·share, and 0 in the padding, where x need not be 0.</summary>
    public static void Gradient(
        ref float x, ref float dx, nuint samples, int vectors, int columns, int stride, float l1, float l2, float share)
    {
        float linear = 2f * l2 * share;
        float constant = l1 * share;
        for (nuint vector = samples * (nuint)vectors; vector != 0; vector--)
        {
            for (int column = 0; column < columns; column++)
            {
                float value = Unsafe.Add(ref x, column);
                float sign = value > 0f ? constant : value < 0f ? -constant : 0f;
                Unsafe.Add(ref dx, column) = (linear * value) + sign;
            }

            for (int padding = columns; padding < stride; padding++)
            {
                Unsafe.Add(ref dx, padding) = 0f;
            }

            x = ref Unsafe.Add(ref x, stride);
            dx = ref Unsafe.Add(ref dx, stride);
        }
    }
}
