using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Unroll.Numerics;

/// <summary>Transposes a kernel stored in panels of 16 columns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PanelTranspose
{
    private const int Width = Panels.Width;

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
                Four(ref Unsafe.Add(ref source, (column * Width) + row), Width, ref Unsafe.Add(ref target, (row * Width) + column), Width);
            }
        }
    }

    /// <summary>Four rows of four columns as four rows of columns; only some of these where there are fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Four(ref float source, nuint sourceStride, ref float target, nuint targetStride, int rows = 4)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref source);
        Vector128<float> b = Vector128.LoadUnsafe(ref source, sourceStride);
        Vector128<float> c = Vector128.LoadUnsafe(ref source, 2 * sourceStride);
        Vector128<float> d = Vector128.LoadUnsafe(ref source, 3 * sourceStride);
        Vector128<float> evenAC = Low(a, c), evenBD = Low(b, d), oddAC = High(a, c), oddBD = High(b, d);
        Low(evenAC, evenBD).StoreUnsafe(ref target);
        if (rows > 1)
        {
            High(evenAC, evenBD).StoreUnsafe(ref target, targetStride);
        }

        if (rows > 2)
        {
            Low(oddAC, oddBD).StoreUnsafe(ref target, 2 * targetStride);
        }

        if (rows > 3)
        {
            High(oddAC, oddBD).StoreUnsafe(ref target, 3 * targetStride);
        }
    }

    // The lower halves of two vectors, element by element in turn; and the upper ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> left, Vector128<float> right) => Sse.IsSupported ? Sse.UnpackLow(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right)
        : Vector128.Create(left[0], right[0], left[1], right[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> left, Vector128<float> right) => Sse.IsSupported ? Sse.UnpackHigh(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right)
        : Vector128.Create(left[2], right[2], left[3], right[3]);

    // By fours where the squares above go by fours too.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeEdge(ref float source, ref float target, int rows, int columns)
    {
        int wholeRows = Sse.IsSupported ? rows / 4 * 4 : 0, wholeColumns = columns / 4 * 4;
        for (int row = 0; row < wholeRows; row += 4)
        {
            for (int column = 0; column < wholeColumns; column += 4)
            {
                Four(ref Unsafe.Add(ref source, (column * Width) + row), Width, ref Unsafe.Add(ref target, (row * Width) + column), Width);
            }
        }

        for (int row = 0; row < rows; row++)
        {
            for (int column = row < wholeRows ? wholeColumns : 0; column < columns; column++)
            {
                Unsafe.Add(ref target, (row * Width) + column) = Unsafe.Add(ref source, (column * Width) + row);
            }
        }
    }
}
