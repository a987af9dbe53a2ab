using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Unroll.Numerics;

/// <summary>The values of sixteen samples side by side: the units of a group one after another, the lanes of a unit its samples.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class SampleLanes
{
    /// <summary>Samples of a group: the lanes of the widest vector there is.</summary>
    internal const int Group = Panels.Width;

    /// <summary>Rows as groups; lanes without a sample become 0.</summary>
    /// <param name="x">Rows of so many <paramref name="columns"/>, each <paramref name="stride"/> behind the one before.</param>
    /// <param name="y">[samples/16][columns][16].</param>
    /// <param name="samples">How many.</param>
    /// <param name="columns">The values of a sample.</param>
    /// <param name="stride">From row to row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromRows(ref float x, ref float y, nuint samples, int columns, int stride)
    {
        for (; samples >= Group; samples -= Group)
        {
            if (Sse.IsSupported && columns >= Square)
            {
                GroupFromRows(ref x, ref y, (nuint)columns, (nuint)stride);
            }
            else
            {
                PartFromRows(ref x, ref y, Group, columns, stride);
            }

            x = ref Unsafe.Add(ref x, Group * stride);
            y = ref Unsafe.Add(ref y, Group * columns);
        }

        if (samples != 0)
        {
            Clear(ref y, Group * columns);
            PartFromRows(ref x, ref y, (int)samples, columns, stride);
        }
    }

    /// <summary>Groups as rows, padding of which becomes 0.</summary>
    /// <param name="x">[samples/16][columns][16].</param>
    /// <param name="y">Rows of so many <paramref name="columns"/>, each <paramref name="stride"/> behind the one before.</param>
    /// <param name="samples">How many.</param>
    /// <param name="columns">The values of a sample.</param>
    /// <param name="stride">From row to row: as many as there are columns, or padded.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToRows(ref float x, ref float y, nuint samples, int columns, int stride)
    {
        for (; samples >= Group; samples -= Group)
        {
            if (SimdWidth.Is512 && (stride > columns || columns % Group == 0))
            {
                GroupToPaddedRows(ref x, ref y, columns, (nuint)stride);
            }
            else
            {
                ClearPadding(ref y, Group, columns, stride);
                GroupToRows(ref x, ref y, columns, stride);
            }

            x = ref Unsafe.Add(ref x, Group * columns);
            y = ref Unsafe.Add(ref y, Group * stride);
        }

        ClearPadding(ref y, (int)samples, columns, stride);
        PartToRows(ref x, ref y, (int)samples, columns, stride);
    }

    /// <summary>y = e^(x − max)/Σ e^(x − max) over the columns of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(ref float x, ref float y, nuint samples, int columns)
    {
        if (SimdWidth.Is512)
        {
            LaneSoftmax<Simd512, Vector512<float>>.Run(ref x, ref y, samples, columns);
        }
        else if (SimdWidth.Is256)
        {
            LaneSoftmax<Simd256, Vector256<float>>.Run(ref x, ref y, samples, columns);
        }
        else
        {
            LaneSoftmax<Simd128, Vector128<float>>.Run(ref x, ref y, samples, columns);
        }
    }

    /// <summary>y = x − max − ln Σ e^(x − max) over the columns of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LogSoftmax(ref float x, ref float y, nuint samples, int columns)
    {
        if (SimdWidth.Is512)
        {
            LaneSoftmax<Simd512, Vector512<float>>.Logarithm(ref x, ref y, samples, columns);
        }
        else if (SimdWidth.Is256)
        {
            LaneSoftmax<Simd256, Vector256<float>>.Logarithm(ref x, ref y, samples, columns);
        }
        else
        {
            LaneSoftmax<Simd128, Vector128<float>>.Logarithm(ref x, ref y, samples, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GroupToRows(ref float x, ref float y, int columns, int stride)
    {
        if (Sse.IsSupported && columns >= Square)
        {
            SquaresToRows(ref x, ref y, (nuint)columns, (nuint)stride);
        }
        else if (Sse.IsSupported)
        {
            NarrowGroupToRows(ref x, ref y, columns, stride);
        }
        else
        {
            PartToRows(ref x, ref y, Group, columns, stride);
        }
    }

    private static void PartFromRows(ref float x, ref float y, int samples, int columns, int stride)
    {
        for (int column = 0; column < columns; column++)
        {
            for (int sample = 0; sample < samples; sample++)
            {
                Unsafe.Add(ref y, (column * Group) + sample) = Unsafe.Add(ref x, (sample * stride) + column);
            }
        }
    }

    private static void PartToRows(ref float x, ref float y, int samples, int columns, int stride)
    {
        for (int sample = 0; sample < samples; sample++)
        {
            for (int column = 0; column < columns; column++)
            {
                Unsafe.Add(ref y, (sample * stride) + column) = Unsafe.Add(ref x, (column * Group) + sample);
            }
        }
    }

    // With the rows themselves, at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ClearPadding(ref float y, int samples, int columns, int stride)
    {
        if (columns % Group != 0 && stride > columns)
        {
            Clear(ref y, samples * stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clear(ref float y, int count)
    {
        if (Sse.IsSupported)
        {
            MemoryMarshal.CreateSpan(ref y, count).Clear();
            return;
        }

        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref y, i) = 0f;
        }
    }
}
