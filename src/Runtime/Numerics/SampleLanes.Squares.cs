using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Unroll.Numerics;

/// <content>Whole groups, four rows by four columns in registers.</content>
public static partial class SampleLanes
{
    private const int Square = 4;

    // Four columns at a time, the last of which may have been among those before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GroupFromRows(ref float x, ref float y, nuint columns, nuint stride)
    {
        if (SimdWidth.Is512 && columns == Square && stride == Square)
        {
            UnpackSquares(ref x, ref y);
            return;
        }

        nuint last = columns - Square;
        for (nuint column = 0; column < last; column += Square)
        {
            ColumnsFromRows(ref Unsafe.Add(ref x, column), ref Unsafe.Add(ref y, column * Group), stride);
        }

        ColumnsFromRows(ref Unsafe.Add(ref x, last), ref Unsafe.Add(ref y, last * Group), stride);
    }

    // Rows of four without gaps: two columns of eight rows at a time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void UnpackSquares(ref float x, ref float y)
    {
        Vector512<int> firstTwo = Vector512.Create(0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
        Vector512<int> lastTwo = Vector512.Create(2, 6, 10, 14, 18, 22, 26, 30, 3, 7, 11, 15, 19, 23, 27, 31);
        Vector512<float> a = Vector512.LoadUnsafe(ref x), b = Vector512.LoadUnsafe(ref x, Group);
        Vector512<float> c = Vector512.LoadUnsafe(ref x, 2 * Group), d = Vector512.LoadUnsafe(ref x, 3 * Group);
        Vector512<float> upperFirst = Avx512F.PermuteVar16x32x2(a, firstTwo, b), lowerFirst = Avx512F.PermuteVar16x32x2(c, firstTwo, d);
        Vector512<float> upperLast = Avx512F.PermuteVar16x32x2(a, lastTwo, b), lowerLast = Avx512F.PermuteVar16x32x2(c, lastTwo, d);
        Avx512F.Shuffle4x128(upperFirst, lowerFirst, 0x44).StoreUnsafe(ref y);
        Avx512F.Shuffle4x128(upperFirst, lowerFirst, 0xEE).StoreUnsafe(ref y, Group);
        Avx512F.Shuffle4x128(upperLast, lowerLast, 0x44).StoreUnsafe(ref y, 2 * Group);
        Avx512F.Shuffle4x128(upperLast, lowerLast, 0xEE).StoreUnsafe(ref y, 3 * Group);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SquaresToRows(ref float x, ref float y, nuint columns, nuint stride)
    {
        nuint last = columns - Square;
        for (nuint column = 0; column < last; column += Square)
        {
            ColumnsToRows(ref Unsafe.Add(ref x, column * Group), ref Unsafe.Add(ref y, column), stride);
        }

        ColumnsToRows(ref Unsafe.Add(ref x, last * Group), ref Unsafe.Add(ref y, last), stride);
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

    // Rows 0, 4, 8 and 12, of four columns each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> EveryFourth(ref float x, nuint stride) => Vector512.Create(
        Vector256.Create(Vector128.LoadUnsafe(ref x), Vector128.LoadUnsafe(ref x, 4 * stride)),
        Vector256.Create(Vector128.LoadUnsafe(ref x, 8 * stride), Vector128.LoadUnsafe(ref x, 12 * stride)));

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

    // Two or three columns without gaps: each vector of the result takes its elements from those of the columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PackNarrowGroup(ref float x, ref float y, int columns)
    {
        Vector512<float> a = Vector512.LoadUnsafe(ref x), b = Vector512.LoadUnsafe(ref x, Group);
        if (columns == 2)
        {
            Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), b).StoreUnsafe(ref y);
            Avx512F.PermuteVar16x32x2(a, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), b).StoreUnsafe(ref y, Group);
            return;
        }

        Vector512<float> c = Vector512.LoadUnsafe(ref x, 2 * Group);
        Vector512<float> first = Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5), b);
        Vector512<float> second = Avx512F.PermuteVar16x32x2(a, Vector512.Create(21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26), b);
        Vector512<float> third = Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0), b);
        Avx512F.PermuteVar16x32x2(first, Vector512.Create(0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15), c).StoreUnsafe(ref y);
        Avx512F.PermuteVar16x32x2(second, Vector512.Create(0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15), c).StoreUnsafe(ref y, Group);
        Avx512F.PermuteVar16x32x2(third, Vector512.Create(26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31), c).StoreUnsafe(ref y, 2 * Group);
    }

    // Of fewer than four columns: a row is stored with what stands behind it, which the next one overwrites.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NarrowGroupToRows(ref float x, ref float y, int columns, int stride)
    {
        if (columns == 1 && stride == 1)
        {
            MemoryMarshal.CreateSpan(ref x, Group).CopyTo(MemoryMarshal.CreateSpan(ref y, Group));
            return;
        }

        if (SimdWidth.Is512 && stride == columns)
        {
            PackNarrowGroup(ref x, ref y, columns);
            return;
        }

        for (nuint row = 0; row < Group; row += Square)
        {
            Vector128<float> a = Vector128.LoadUnsafe(ref x, row);
            Vector128<float> b = columns > 1 ? Vector128.LoadUnsafe(ref x, Group + row) : Vector128<float>.Zero;
            Vector128<float> c = columns > 2 ? Vector128.LoadUnsafe(ref x, (2 * Group) + row) : Vector128<float>.Zero;
            Vector128<float> evenAC = Sse.UnpackLow(a, c), evenB = Sse.UnpackLow(b, Vector128<float>.Zero);
            Vector128<float> oddAC = Sse.UnpackHigh(a, c), oddB = Sse.UnpackHigh(b, Vector128<float>.Zero);
            ref float rows = ref Unsafe.Add(ref y, row * (nuint)stride);
            Sse.UnpackLow(evenAC, evenB).StoreUnsafe(ref rows);
            Sse.UnpackHigh(evenAC, evenB).StoreUnsafe(ref rows, (nuint)stride);
            Sse.UnpackLow(oddAC, oddB).StoreUnsafe(ref rows, 2 * (nuint)stride);
            Vector128<float> last = Sse.UnpackHigh(oddAC, oddB);
            rows = ref Unsafe.Add(ref rows, 3 * stride);
            if (row < Group - Square || stride >= Square)
            {
                last.StoreUnsafe(ref rows);
            }
            else
            {
                last.GetLower().StoreUnsafe(ref rows);
                if (columns > 2)
                {
                    Unsafe.Add(ref rows, 2) = last[2];
                }
            }
        }
    }
}
