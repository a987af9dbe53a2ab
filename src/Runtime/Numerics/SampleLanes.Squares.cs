using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Unroll.Numerics;

/// <content>Whole groups, four rows by four columns in registers.</content>
public static partial class SampleLanes
{
    private const int Square = 4;

    // Four columns at a time, the last of which may have been among those before.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SquaresFromRows(ref float x, ref float y, nuint groups, nuint columns, nuint stride)
    {
        nuint last = columns - Square;
        for (; groups != 0; groups--)
        {
            for (nuint column = 0; column < columns; column += Square)
            {
                nuint first = column < last ? column : last;
                ColumnsFromRows(ref Unsafe.Add(ref x, first), ref Unsafe.Add(ref y, first * Group), stride);
            }

            x = ref Unsafe.Add(ref x, Group * stride);
            y = ref Unsafe.Add(ref y, Group * columns);
        }
    }

    // Rows of four without gaps: two columns of eight rows at a time.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void UnpackSquares(ref float x, ref float y, nuint groups)
    {
        Vector512<int> firstTwo = Vector512.Create(0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
        Vector512<int> lastTwo = Vector512.Create(2, 6, 10, 14, 18, 22, 26, 30, 3, 7, 11, 15, 19, 23, 27, 31);
        for (; groups != 0; groups--)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref x), b = Vector512.LoadUnsafe(ref x, Group);
            Vector512<float> c = Vector512.LoadUnsafe(ref x, 2 * Group), d = Vector512.LoadUnsafe(ref x, 3 * Group);
            Vector512<float> upperFirst = Avx512F.PermuteVar16x32x2(a, firstTwo, b), lowerFirst = Avx512F.PermuteVar16x32x2(c, firstTwo, d);
            Vector512<float> upperLast = Avx512F.PermuteVar16x32x2(a, lastTwo, b), lowerLast = Avx512F.PermuteVar16x32x2(c, lastTwo, d);
            Avx512F.Shuffle4x128(upperFirst, lowerFirst, 0x44).StoreUnsafe(ref y);
            Avx512F.Shuffle4x128(upperFirst, lowerFirst, 0xEE).StoreUnsafe(ref y, Group);
            Avx512F.Shuffle4x128(upperLast, lowerLast, 0x44).StoreUnsafe(ref y, 2 * Group);
            Avx512F.Shuffle4x128(upperLast, lowerLast, 0xEE).StoreUnsafe(ref y, 3 * Group);
            x = ref Unsafe.Add(ref x, Square * Group);
            y = ref Unsafe.Add(ref y, Square * Group);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SquaresToRows(ref float x, ref float y, nuint groups, nuint columns, nuint stride)
    {
        nuint last = columns - Square;
        for (; groups != 0; groups--)
        {
            ClearPadding(ref y, Group, (int)columns, (int)stride);
            for (nuint column = 0; column < columns; column += Square)
            {
                nuint first = column < last ? column : last;
                ColumnsToRows(ref Unsafe.Add(ref x, first * Group), ref Unsafe.Add(ref y, first), stride);
            }

            x = ref Unsafe.Add(ref x, Group * columns);
            y = ref Unsafe.Add(ref y, Group * stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ColumnsFromRows(ref float x, ref float y, nuint stride)
    {
        if (SimdWidth.Is512)
        {
            Vector512<float> a = EveryFourth(ref x, stride);
            Vector512<float> b = EveryFourth(ref Unsafe.Add(ref x, stride), stride);
            Vector512<float> c = EveryFourth(ref Unsafe.Add(ref x, 2 * stride), stride);
            Vector512<float> d = EveryFourth(ref Unsafe.Add(ref x, 3 * stride), stride);
            Transpose(ref a, ref b, ref c, ref d);
            a.StoreUnsafe(ref y);
            b.StoreUnsafe(ref y, Group);
            c.StoreUnsafe(ref y, 2 * Group);
            d.StoreUnsafe(ref y, 3 * Group);
            return;
        }

        for (nuint row = 0; row < Group; row += Square)
        {
            PanelTranspose.Four(ref Unsafe.Add(ref x, row * stride), stride, ref Unsafe.Add(ref y, row), Group);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ColumnsToRows(ref float x, ref float y, nuint stride)
    {
        if (SimdWidth.Is512)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref x);
            Vector512<float> b = Vector512.LoadUnsafe(ref x, Group);
            Vector512<float> c = Vector512.LoadUnsafe(ref x, 2 * Group);
            Vector512<float> d = Vector512.LoadUnsafe(ref x, 3 * Group);
            Transpose(ref a, ref b, ref c, ref d);
            StoreEveryFourth(a, ref y, stride);
            StoreEveryFourth(b, ref Unsafe.Add(ref y, stride), stride);
            StoreEveryFourth(c, ref Unsafe.Add(ref y, 2 * stride), stride);
            StoreEveryFourth(d, ref Unsafe.Add(ref y, 3 * stride), stride);
            return;
        }

        for (nuint row = 0; row < Group; row += Square)
        {
            PanelTranspose.Four(ref Unsafe.Add(ref x, row), Group, ref Unsafe.Add(ref y, row * stride), stride);
        }
    }

    // Rows 0, 4, 8 and 12, of four columns each. Each half is extended without a value: Vector512.Create of both inserts them one after the
    // other into what the register held before, for which it would wait.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> EveryFourth(ref float x, nuint stride)
    {
        Vector256<float> lower = Vector128.LoadUnsafe(ref x).ToVector256Unsafe().WithUpper(Vector128.LoadUnsafe(ref x, 4 * stride));
        Vector256<float> upper = Vector128.LoadUnsafe(ref x, 8 * stride).ToVector256Unsafe().WithUpper(Vector128.LoadUnsafe(ref x, 12 * stride));
        return lower.ToVector512Unsafe().WithUpper(upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreEveryFourth(Vector512<float> rows, ref float y, nuint stride)
    {
        rows.GetLower().GetLower().StoreUnsafe(ref y);
        rows.GetLower().GetUpper().StoreUnsafe(ref y, 4 * stride);
        rows.GetUpper().GetLower().StoreUnsafe(ref y, 8 * stride);
        rows.GetUpper().GetUpper().StoreUnsafe(ref y, 12 * stride);
    }

    // Four by four in each quarter.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Vector512<float> a, ref Vector512<float> b, ref Vector512<float> c, ref Vector512<float> d)
    {
        Vector512<float> evenAC = Avx512F.UnpackLow(a, c), evenBD = Avx512F.UnpackLow(b, d);
        Vector512<float> oddAC = Avx512F.UnpackHigh(a, c), oddBD = Avx512F.UnpackHigh(b, d);
        a = Avx512F.UnpackLow(evenAC, evenBD);
        b = Avx512F.UnpackHigh(evenAC, evenBD);
        c = Avx512F.UnpackLow(oddAC, oddBD);
        d = Avx512F.UnpackHigh(oddAC, oddBD);
    }
}
