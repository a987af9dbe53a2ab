using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>Divides vectors by their root mean square. Sums run in double precision; padding of results becomes 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RootMeanSquare
{
    /// <summary>y = x·r, r = 1/√(Σx²/columns + epsilon).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(ref float x, ref float y, nuint samples, int vectors, int columns, int xStride, int yStride, float epsilon)
    {
        for (nuint vector = samples * (nuint)vectors; vector != 0; vector--)
        {
            double factor = Factor(ref x, columns, epsilon);
            for (int i = 0; i < columns; i++)
            {
                Unsafe.Add(ref y, i) = (float)(Unsafe.Add(ref x, i) * factor);
            }

            Clear(ref y, columns, yStride);
            x = ref Unsafe.Add(ref x, xStride);
            y = ref Unsafe.Add(ref y, yStride);
        }
    }

    /// <summary>dx = r·(dy − x·r²·Σ dy·x/columns).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(
        ref float dy, ref float x, ref float dx, nuint samples, int vectors, int columns, int xStride, int stride, float epsilon)
    {
        for (nuint vector = samples * (nuint)vectors; vector != 0; vector--)
        {
            double factor = Factor(ref x, columns, epsilon);
            double share = factor * factor * Dot(ref dy, ref x, columns) / columns;
            for (int i = 0; i < columns; i++)
            {
                Unsafe.Add(ref dx, i) = (float)(factor * (Unsafe.Add(ref dy, i) - (Unsafe.Add(ref x, i) * share)));
            }

            Clear(ref dx, columns, stride);
            dy = ref Unsafe.Add(ref dy, stride);
            x = ref Unsafe.Add(ref x, xStride);
            dx = ref Unsafe.Add(ref dx, stride);
        }
    }

    private static double Factor(ref float x, int columns, float epsilon) => 1.0 / Math.Sqrt((Dot(ref x, ref x, columns) / columns) + epsilon);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(ref float left, ref float right, int columns)
    {
        double sum = 0;
        for (int i = 0; i < columns; i++)
        {
            sum += (double)Unsafe.Add(ref left, i) * Unsafe.Add(ref right, i);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clear(ref float y, int columns, int stride)
    {
        for (int i = columns; i < stride; i++)
        {
            Unsafe.Add(ref y, i) = 0f;
        }
    }
}
