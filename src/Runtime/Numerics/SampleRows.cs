using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>Rows of each sample, where the samples lie further apart than their rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SampleRows
{
    /// <summary>Sets a row of each sample to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Clear(ref float y, nuint samples, int columns, int ySample)
    {
        for (; samples != 0; samples--)
        {
            MemoryMarshal.CreateSpan(ref y, columns).Clear();
            y = ref Unsafe.Add(ref y, ySample);
        }
    }

    /// <summary>Whether a row of each sample is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsZero(ref float x, nuint samples, int columns, int xSample)
    {
        for (; samples != 0; samples--)
        {
            for (int column = 0; column < columns; column++)
            {
                if (Unsafe.Add(ref x, column) != 0f)
                {
                    return false;
                }
            }

            x = ref Unsafe.Add(ref x, xSample);
        }

        return true;
    }

    /// <summary>Sets the rows of each sample to 0, but those from <paramref name="begin"/> to before <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ClearOutside(ref float y, nuint samples, int rows, int stride, int ySample, nuint begin, nuint end)
    {
        for (; samples != 0 && (begin != 0 || end != (nuint)rows); samples--)
        {
            Span<float> all = MemoryMarshal.CreateSpan(ref y, rows * stride);
            all[..((int)begin * stride)].Clear();
            all[((int)end * stride)..].Clear();
            y = ref Unsafe.Add(ref y, ySample);
        }
    }

    /// <summary>Copies row <paramref name="row"/> of each sample over those from <paramref name="first"/> to before <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Repeat(ref float y, nuint samples, int columns, int stride, int ySample, nuint row, nuint first, nuint end)
    {
        for (; samples != 0 && first < end; samples--)
        {
            ReadOnlySpan<float> source = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref y, (int)row * stride), columns);
            for (nuint to = first; to < end; to++)
            {
                source.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, (int)to * stride), columns));
            }

            y = ref Unsafe.Add(ref y, ySample);
        }
    }

    /// <summary>y = x for each sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread(ref float x, ref float y, nuint samples, int count, int ySample)
    {
        for (; samples != 0; samples--)
        {
            MemoryMarshal.CreateReadOnlySpan(ref x, count).CopyTo(MemoryMarshal.CreateSpan(ref y, count));
            y = ref Unsafe.Add(ref y, ySample);
        }
    }

    /// <summary>Sets a row of each sample to a value, its padding too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ref float x, ref float y, nuint samples, int stride, float value) =>
        MemoryMarshal.CreateSpan(ref y, checked((int)samples * stride)).Fill(value);

    /// <summary>y = <paramref name="count"/> floats of x from <paramref name="start"/> on.</summary>
    public static void Take(ref float x, ref float y, int start, int count) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref x, start), count).CopyTo(MemoryMarshal.CreateSpan(ref y, count));

    /// <summary>y, of <paramref name="all"/> floats, = x from <paramref name="start"/> on, and 0 elsewhere.</summary>
    public static void Place(ref float x, ref float y, int start, int count, int all)
    {
        Span<float> result = MemoryMarshal.CreateSpan(ref y, all);
        result.Clear();
        MemoryMarshal.CreateReadOnlySpan(ref x, count).CopyTo(result[start..]);
    }

    /// <summary>Moves the rows of y up by one, over the first, and puts x behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Push(ref float x, ref float y, nuint samples, int rows, int columns, int xSample, int yStride)
    {
        for (; samples != 0; samples--)
        {
            int kept = (rows - 1) * yStride;
            Move(ref Unsafe.Add(ref y, yStride), ref y, kept);
            Move(ref x, ref Unsafe.Add(ref y, kept), columns);
            x = ref Unsafe.Add(ref x, xSample);
            y = ref Unsafe.Add(ref y, rows * yStride);
        }
    }

    // Few values are copied sooner than the framework's copy is called. What moves moves to lower addresses.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(ref float x, ref float y, int count)
    {
        const int Few = 256;
        if (count > Few)
        {
            MemoryMarshal.CreateReadOnlySpan(ref x, count).CopyTo(MemoryMarshal.CreateSpan(ref y, count));
            return;
        }

        // Of what has just been stored, a wider load would have to wait.
        nuint i = 0;
        for (; i + (nuint)Vector128<float>.Count <= (nuint)count; i += (nuint)Vector128<float>.Count)
        {
            Vector128.LoadUnsafe(ref x, i).StoreUnsafe(ref y, i);
        }

        for (; i < (nuint)count; i++)
        {
            Unsafe.Add(ref y, i) = Unsafe.Add(ref x, i);
        }
    }

    /// <summary>Copies rows of each sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(
        ref float x, ref float y, nuint samples, int rows, int columns, int xStride, int xSample, int yStride, int ySample)
    {
        for (; samples != 0; samples--)
        {
            for (int row = 0; row < rows; row++)
            {
                MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref x, row * xStride), columns)
                    .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, row * yStride), columns));
            }

            x = ref Unsafe.Add(ref x, xSample);
            y = ref Unsafe.Add(ref y, ySample);
        }
    }

    /// <summary>Copies rows of each sample, the last first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Reverse(ref float x, ref float y, nuint samples, int rows, int columns, int xStride, int yStride) => Copy(
        ref Unsafe.Add(ref x, (rows - 1) * xStride), ref y, samples, rows, columns, -xStride, rows * xStride, yStride, rows * yStride);
}
