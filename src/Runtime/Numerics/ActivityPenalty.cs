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
}
