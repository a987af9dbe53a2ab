using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Numerics;

/// <summary>Joins samples along an axis, and takes parts of them.</summary>
/// <remarks>
/// A sample is <c>outer</c> groups of vectors. Along the last axis each vector of the result has the columns of both; along another each
/// group has the vectors of both.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Join
{
    /// <summary>y's vectors: the columns of a, those of b, then zeros up to the stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(
        ref float a, ref float b, ref float y, nuint samples, int vectors, int aColumns, int aStride, int bColumns, int bStride, int yStride)
    {
        for (nuint vector = samples * (nuint)vectors; vector != 0; vector--)
        {
            Span<float> row = MemoryMarshal.CreateSpan(ref y, yStride);
            MemoryMarshal.CreateReadOnlySpan(ref a, aColumns).CopyTo(row);
            MemoryMarshal.CreateReadOnlySpan(ref b, bColumns).CopyTo(row[aColumns..]);
            row[(aColumns + bColumns)..].Clear();
            a = ref Unsafe.Add(ref a, aStride);
            b = ref Unsafe.Add(ref b, bStride);
            y = ref Unsafe.Add(ref y, yStride);
        }
    }

    /// <summary>y's groups: the vectors of a, then those of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(
        ref float a, ref float b, ref float y, nuint samples, int outer, int aRows, int aStride, int bRows, int bStride, int yStride)
    {
        for (nuint group = samples * (nuint)outer; group != 0; group--)
        {
            y = ref CopyRows(ref a, ref y, aRows, aStride, yStride);
            y = ref CopyRows(ref b, ref y, bRows, bStride, yStride);
            a = ref Unsafe.Add(ref a, aRows * aStride);
            b = ref Unsafe.Add(ref b, bRows * bStride);
        }
    }

    /// <summary>y's vectors: <paramref name="columns"/> columns of x's from <paramref name="first"/> on, then zeros up to the stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TakeColumns(ref float x, ref float y, nuint samples, int vectors, int first, int columns, int xStride, int yStride)
    {
        for (nuint vector = samples * (nuint)vectors; vector != 0; vector--)
        {
            Span<float> row = MemoryMarshal.CreateSpan(ref y, yStride);
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref x, first), columns).CopyTo(row);
            row[columns..].Clear();
            x = ref Unsafe.Add(ref x, xStride);
            y = ref Unsafe.Add(ref y, yStride);
        }
    }

    /// <summary>y's groups: <paramref name="rows"/> vectors of x's <paramref name="xRows"/> from <paramref name="first"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TakeRows(
        ref float x, ref float y, nuint samples, int outer, int first, int rows, int xRows, int xStride, int yStride)
    {
        for (nuint group = samples * (nuint)outer; group != 0; group--)
        {
            y = ref CopyRows(ref Unsafe.Add(ref x, first * xStride), ref y, rows, xStride, yStride);
            x = ref Unsafe.Add(ref x, xRows * xStride);
        }
    }

    // The strides of vectors as long as each other differ by what lies between the vectors, and that belongs to none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref float CopyRows(ref float x, ref float y, int rows, int xStride, int yStride)
    {
        int shared = Math.Min(xStride, yStride);
        for (int row = 0; row < rows; row++)
        {
            MemoryMarshal.CreateReadOnlySpan(ref x, shared).CopyTo(MemoryMarshal.CreateSpan(ref y, shared));
            x = ref Unsafe.Add(ref x, xStride);
            y = ref Unsafe.Add(ref y, yStride);
        }

        return ref y;
    }
}
