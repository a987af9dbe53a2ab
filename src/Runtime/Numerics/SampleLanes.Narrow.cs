using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Unroll.Numerics;

/// <content>Whole groups as rows of fewer than four columns.</content>
public static partial class SampleLanes
{
    // Two columns without gaps: each vector of the result takes its elements from those of the columns.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void PackTwo(ref float x, ref float y, nuint groups)
    {
        Vector512<int> firstRows = Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        Vector512<int> lastRows = Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        for (; groups != 0; groups--)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref x), b = Vector512.LoadUnsafe(ref x, Group);
            Avx512F.PermuteVar16x32x2(a, firstRows, b).StoreUnsafe(ref y);
            Avx512F.PermuteVar16x32x2(a, lastRows, b).StoreUnsafe(ref y, Group);
            x = ref Unsafe.Add(ref x, 2 * Group);
            y = ref Unsafe.Add(ref y, 2 * Group);
        }
    }

    // Three: first the elements of two columns, then those of the third among them.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void PackThree(ref float x, ref float y, nuint groups)
    {
        for (; groups != 0; groups--)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref x), b = Vector512.LoadUnsafe(ref x, Group), c = Vector512.LoadUnsafe(ref x, 2 * Group);
            Vector512<float> first = Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5), b);
            Vector512<float> second = Avx512F.PermuteVar16x32x2(a, Vector512.Create(21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26), b);
            Vector512<float> third = Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0), b);
            first = Avx512F.PermuteVar16x32x2(first, Vector512.Create(0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15), c);
            second = Avx512F.PermuteVar16x32x2(second, Vector512.Create(0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15), c);
            third = Avx512F.PermuteVar16x32x2(third, Vector512.Create(26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31), c);
            first.StoreUnsafe(ref y);
            second.StoreUnsafe(ref y, Group);
            third.StoreUnsafe(ref y, 2 * Group);
            x = ref Unsafe.Add(ref x, 3 * Group);
            y = ref Unsafe.Add(ref y, 3 * Group);
        }
    }

    // A row is stored with what stands behind it, which the next one overwrites.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void NarrowToRows(ref float x, ref float y, nuint groups, int columns, int stride)
    {
        for (; groups != 0; groups--)
        {
            ClearPadding(ref y, Group, columns, stride);
            NarrowGroupToRows(ref x, ref y, columns, stride);
            x = ref Unsafe.Add(ref x, Group * columns);
            y = ref Unsafe.Add(ref y, Group * stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NarrowGroupToRows(ref float x, ref float y, int columns, int stride)
    {
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
