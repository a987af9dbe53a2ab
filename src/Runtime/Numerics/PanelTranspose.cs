using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Unroll.Numerics;

/// <summary>Transposes a kernel stored in panels of 16 columns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PanelTranspose
{
    private const int Width = 16;

    /// <summary>One panel of wᵀ: its columns part·16.. are rows of w. Padding of wᵀ is left as it is.</summary>
    /// <param name="w">[inputs, units] as [units/16][inputs][16].</param>
    /// <param name="wT">[units, inputs] as [inputs/16][units][16].</param>
    /// <param name="inputs">Rows of w.</param>
    /// <param name="units">Columns of w.</param>
    /// <param name="part">The panel of wᵀ.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float w, ref float wT, int inputs, int units, int part)
    {
        int columns = Math.Min(Width, inputs - (part * Width));
        ref float target = ref Unsafe.Add(ref wT, part * units * Width);
        ref float source = ref Unsafe.Add(ref w, part * Width * Width);

        // Sixteen rows of w in one of its panels are 256 floats in a row, and so are the sixteen rows of wᵀ they become.
        for (int unit = 0; unit < units; unit += Width)
        {
            int rows = Math.Min(Width, units - unit);
            if (Sse.IsSupported && rows == Width && columns == Width)
            {
                TransposeSquare(ref source, ref target);
            }
            else
            {
                TransposeEdge(ref source, ref target, rows, columns);
            }

            source = ref Unsafe.Add(ref source, inputs * Width);
            target = ref Unsafe.Add(ref target, Width * Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquare(ref float source, ref float target)
    {
        for (nuint row = 0; row < Width; row += 4)
        {
            for (nuint column = 0; column < Width; column += 4)
            {
                TransposeFour(ref Unsafe.Add(ref source, (column * Width) + row), ref Unsafe.Add(ref target, (row * Width) + column));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFour(ref float source, ref float target)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref source);
        Vector128<float> b = Vector128.LoadUnsafe(ref source, Width);
        Vector128<float> c = Vector128.LoadUnsafe(ref source, 2 * Width);
        Vector128<float> d = Vector128.LoadUnsafe(ref source, 3 * Width);
        Vector128<float> lowAB = Sse.UnpackLow(a, b), highAB = Sse.UnpackHigh(a, b);
        Vector128<float> lowCD = Sse.UnpackLow(c, d), highCD = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(lowAB, lowCD).StoreUnsafe(ref target);
        Sse.MoveHighToLow(lowCD, lowAB).StoreUnsafe(ref target, Width);
        Sse.MoveLowToHigh(highAB, highCD).StoreUnsafe(ref target, 2 * Width);
        Sse.MoveHighToLow(highCD, highAB).StoreUnsafe(ref target, 3 * Width);
    }

    private static void TransposeEdge(ref float source, ref float target, int rows, int columns)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                Unsafe.Add(ref target, (row * Width) + column) = Unsafe.Add(ref source, (column * Width) + row);
            }
        }
    }
}
