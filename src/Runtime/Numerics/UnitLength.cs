using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Numerics;

/// <summary>Vectors divided by their length: <c>y = x/max(‖x‖₂, least)</c>.</summary>
/// <remarks>Definition: <c>keras.ops.normalize</c> of order 2 (Keras 3).</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class UnitLength
{
    /// <summary>y = x/max(‖x‖₂, least) for each vector; padding of y becomes 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float x, ref float y, nuint samples, int vectors, int columns, int stride, float least)
    {
        for (nuint vector = samples * (nuint)vectors; vector != 0; vector--)
        {
            float scale = 1f / MathF.Max(Length(ref x, columns), least);
            for (int column = 0; column < columns; column++)
            {
                Unsafe.Add(ref y, column) = Unsafe.Add(ref x, column) * scale;
            }

            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, columns), stride - columns).Clear();
            x = ref Unsafe.Add(ref x, stride);
            y = ref Unsafe.Add(ref y, stride);
        }
    }

    /// <summary>dx = (dy − y·Σ y·dy)/‖x‖₂, and dy/least where the length is below <paramref name="least"/>; padding of dx becomes 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(
        ref float x, ref float y, ref float dy, ref float dx, nuint samples, int vectors, int columns, int stride, float least)
    {
        for (nuint vector = samples * (nuint)vectors; vector != 0; vector--)
        {
            float length = Length(ref x, columns);
            float projection = length < least ? 0f : Contraction.Dot(ref y, ref dy, columns);
            float scale = 1f / MathF.Max(length, least);
            for (int column = 0; column < columns; column++)
            {
                Unsafe.Add(ref dx, column) = (Unsafe.Add(ref dy, column) - (Unsafe.Add(ref y, column) * projection)) * scale;
            }

            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref dx, columns), stride - columns).Clear();
            x = ref Unsafe.Add(ref x, stride);
            y = ref Unsafe.Add(ref y, stride);
            dy = ref Unsafe.Add(ref dy, stride);
            dx = ref Unsafe.Add(ref dx, stride);
        }
    }

    // In double precision: squares of small numbers must not vanish.
    private static float Length(ref float x, int columns) =>
        (float)Math.Sqrt(Sums.OfSquares(MemoryMarshal.CreateReadOnlySpan(ref x, columns)));
}
