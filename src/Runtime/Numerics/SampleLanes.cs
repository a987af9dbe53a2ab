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
        nuint groups = samples / Group;
        if (groups != 0)
        {
            GroupsFromRows(ref x, ref y, groups, columns, stride);
            samples -= groups * Group;
            x = ref Unsafe.Add(ref x, groups * GroupOf(stride));
            y = ref Unsafe.Add(ref y, groups * GroupOf(columns));
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
        nuint groups = samples / Group;
        if (groups != 0)
        {
            GroupsToRows(ref x, ref y, groups, columns, stride);
            samples -= groups * Group;
            x = ref Unsafe.Add(ref x, groups * GroupOf(columns));
            y = ref Unsafe.Add(ref y, groups * GroupOf(stride));
        }

        if (samples != 0)
        {
            ClearPadding(ref y, (int)samples, columns, stride);
            PartToRows(ref x, ref y, (int)samples, columns, stride);
        }
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

    // Each way is a method of its own: the JIT compiler then sees only those that a network takes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GroupsFromRows(ref float x, ref float y, nuint groups, int columns, int stride)
    {
        if (SimdWidth.Is512 && columns == Square && stride == Square)
        {
            UnpackSquares(ref x, ref y, groups);
        }
        else if (Sse.IsSupported && columns >= Square)
        {
            SquaresFromRows(ref x, ref y, groups, (nuint)columns, (nuint)stride);
        }
        else
        {
            for (nuint group = 0; group < groups; group++)
            {
                PartFromRows(ref Unsafe.Add(ref x, group * GroupOf(stride)), ref Unsafe.Add(ref y, group * GroupOf(columns)), Group, columns, stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GroupsToRows(ref float x, ref float y, nuint groups, int columns, int stride)
    {
        if (SimdWidth.Is512 && (stride > columns || columns % Group == 0))
        {
            ToPaddedRows(ref x, ref y, groups, columns, (nuint)stride);
        }
        else if (Sse.IsSupported && columns >= Square)
        {
            SquaresToRows(ref x, ref y, groups, (nuint)columns, (nuint)stride);
        }
        else if (Sse.IsSupported && columns == 1 && stride == 1)
        {
            MemoryMarshal.CreateSpan(ref x, (int)groups * Group).CopyTo(MemoryMarshal.CreateSpan(ref y, (int)groups * Group));
        }
        else if (SimdWidth.Is512 && columns == 2)
        {
            PackTwo(ref x, ref y, groups);
        }
        else if (SimdWidth.Is512)
        {
            PackThree(ref x, ref y, groups);
        }
        else if (Sse.IsSupported)
        {
            NarrowToRows(ref x, ref y, groups, columns, stride);
        }
        else
        {
            ClearPadding(ref y, (int)groups * Group, columns, stride);
            for (nuint group = 0; group < groups; group++)
            {
                PartToRows(ref Unsafe.Add(ref x, group * GroupOf(columns)), ref Unsafe.Add(ref y, group * GroupOf(stride)), Group, columns, stride);
            }
        }
    }

    private static nuint GroupOf(int columns) => Group * (nuint)columns;

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
