using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Unroll.Numerics;

/// <content>Whole groups as rows of whole vectors at 512 bits: sixteen columns of a row are one, and nothing has to be cleared.</content>
public static partial class SampleLanes
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void ToPaddedRows(ref float x, ref float y, nuint groups, int columns, nuint stride)
    {
        for (; groups != 0; groups--)
        {
            for (int column = 0; column < columns; column += Group)
            {
                RowsOfSixteen(ref Unsafe.Add(ref x, column * Group), ref Unsafe.Add(ref y, column), columns - column, stride);
            }

            x = ref Unsafe.Add(ref x, Group * columns);
            y = ref Unsafe.Add(ref y, Group * stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowsOfSixteen(ref float x, ref float y, int columns, nuint stride)
    {
        Vector512<float> a0 = Column(ref x, 0, columns), a1 = Column(ref x, 1, columns), a2 = Column(ref x, 2, columns), a3 = Column(ref x, 3, columns);
        Transpose(ref a0, ref a1, ref a2, ref a3);
        if (columns <= Square)
        {
            StorePadded(a0, ref y, stride);
            StorePadded(a1, ref Unsafe.Add(ref y, stride), stride);
            StorePadded(a2, ref Unsafe.Add(ref y, 2 * stride), stride);
            StorePadded(a3, ref Unsafe.Add(ref y, 3 * stride), stride);
            return;
        }

        Vector512<float> b0 = Column(ref x, 4, columns), b1 = Column(ref x, 5, columns), b2 = Column(ref x, 6, columns), b3 = Column(ref x, 7, columns);
        Transpose(ref b0, ref b1, ref b2, ref b3);
        Vector512<float> c0 = Column(ref x, 8, columns), c1 = Column(ref x, 9, columns), c2 = Column(ref x, 10, columns), c3 = Column(ref x, 11, columns);
        Transpose(ref c0, ref c1, ref c2, ref c3);
        Vector512<float> d0 = Column(ref x, 12, columns), d1 = Column(ref x, 13, columns), d2 = Column(ref x, 14, columns), d3 = Column(ref x, 15, columns);
        Transpose(ref d0, ref d1, ref d2, ref d3);
        StoreJoined(a0, b0, c0, d0, ref y, stride);
        StoreJoined(a1, b1, c1, d1, ref Unsafe.Add(ref y, stride), stride);
        StoreJoined(a2, b2, c2, d2, ref Unsafe.Add(ref y, 2 * stride), stride);
        StoreJoined(a3, b3, c3, d3, ref Unsafe.Add(ref y, 3 * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Column(ref float x, int column, int columns) =>
        column < columns ? Vector512.LoadUnsafe(ref x, (nuint)(column * Group)) : Vector512<float>.Zero;

    // Every fourth row, of which each operand has four columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreJoined(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, ref float y, nuint stride)
    {
        const byte Lower = 0x44, Upper = 0xEE, Even = 0x88, Odd = 0xDD;
        Vector512<float> lowerAB = Avx512F.Shuffle4x128(a, b, Lower), lowerCD = Avx512F.Shuffle4x128(c, d, Lower);
        Vector512<float> upperAB = Avx512F.Shuffle4x128(a, b, Upper), upperCD = Avx512F.Shuffle4x128(c, d, Upper);
        Avx512F.Shuffle4x128(lowerAB, lowerCD, Even).StoreUnsafe(ref y);
        Avx512F.Shuffle4x128(lowerAB, lowerCD, Odd).StoreUnsafe(ref y, 4 * stride);
        Avx512F.Shuffle4x128(upperAB, upperCD, Even).StoreUnsafe(ref y, 8 * stride);
        Avx512F.Shuffle4x128(upperAB, upperCD, Odd).StoreUnsafe(ref y, 12 * stride);
    }

    // Every fourth row, with zeros behind its four columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePadded(Vector512<float> rows, ref float y, nuint stride)
    {
        rows.GetLower().GetLower().ToVector256().ToVector512().StoreUnsafe(ref y);
        rows.GetLower().GetUpper().ToVector256().ToVector512().StoreUnsafe(ref y, 4 * stride);
        rows.GetUpper().GetLower().ToVector256().ToVector512().StoreUnsafe(ref y, 8 * stride);
        rows.GetUpper().GetUpper().ToVector256().ToVector512().StoreUnsafe(ref y, 12 * stride);
    }
}
