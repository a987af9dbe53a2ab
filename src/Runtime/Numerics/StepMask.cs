using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>Masks of sequences: a number for each step, 1 where it counts and 0 where it does not.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StepMask
{
    /// <summary>mask[t] = 1 where any value of step t differs from <paramref name="value"/>, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        ref float x, ref float mask, nuint samples, int steps, int columns, int xStride, int xSample, int maskSample, float value)
    {
        for (; samples != 0; samples--)
        {
            for (int step = 0; step < steps; step++)
            {
                ReadOnlySpan<float> row = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref x, step * xStride), columns);
                Unsafe.Add(ref mask, step) = row.ContainsAnyExcept(value) ? 1f : 0f;
            }

            x = ref Unsafe.Add(ref x, xSample);
            mask = ref Unsafe.Add(ref mask, maskSample);
        }
    }

    /// <summary>The steps that count for any sample, and all between them: from <paramref name="begin"/> to before <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Range(ref float mask, nuint samples, int steps, int maskSample, out nuint begin, out nuint end)
    {
        int first = steps, last = -1;
        for (; samples != 0; samples--)
        {
            ReadOnlySpan<float> all = MemoryMarshal.CreateReadOnlySpan(ref mask, steps);
            int own = all.IndexOfAnyExcept(0f);
            first = own < 0 ? first : Math.Min(first, own);
            last = Math.Max(last, all.LastIndexOfAnyExcept(0f));
            mask = ref Unsafe.Add(ref mask, maskSample);
        }

        begin = last < 0 ? 0 : (nuint)first;
        end = (nuint)(last + 1);
    }

    /// <summary>Takes the steps in at which any sample has a value other than 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ref float x, nuint samples, int steps, int columns, int xStride, int xSample, ref nuint begin, ref nuint end)
    {
        for (; samples != 0; samples--)
        {
            for (int step = 0; step < (int)begin; step++)
            {
                begin = IsZero(ref x, step * xStride, columns) ? begin : (nuint)step;
            }

            for (int step = steps - 1; step >= (int)end; step--)
            {
                end = IsZero(ref x, step * xStride, columns) ? end : (nuint)step + 1;
            }

            x = ref Unsafe.Add(ref x, xSample);
        }
    }

    /// <summary>Finds the next rows to compute of those of all steps of all samples, and sets the rows before them, which are masked, to 0.</summary>
    /// <param name="mask">That of the first sample.</param>
    /// <param name="y">The first row of the first sample.</param>
    /// <param name="samples">How many there are.</param>
    /// <param name="steps">Rows of each.</param>
    /// <param name="maskSample">Floats from one sample's mask to the next.</param>
    /// <param name="yStride">Floats from one row to the next.</param>
    /// <param name="row">The first row of the run before; receives that of the next.</param>
    /// <param name="rows">The rows of the run before, at first 0; receives those of the next.</param>
    /// <returns>Whether there is another.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool NextRun(
        ref float mask, ref float y, nuint samples, int steps, int maskSample, int yStride, ref nuint row, ref nuint rows)
    {
        nuint before = row + rows;
        FindRun(ref mask, samples, steps, maskSample, ref row, ref rows);
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, before * (nuint)yStride), checked((int)(row - before) * yStride)).Clear();
        return rows != 0;
    }

    /// <summary>Finds the next rows to add up. There is always a first run: of one row, all of whose terms are 0, where all are masked.</summary>
    /// <inheritdoc cref="NextRun"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool NextSum(ref float mask, nuint samples, int steps, int maskSample, ref nuint row, ref nuint rows)
    {
        bool isFirst = row + rows == 0;
        FindRun(ref mask, samples, steps, maskSample, ref row, ref rows);
        if (isFirst && rows == 0)
        {
            (row, rows) = (0, 1);
        }

        return rows != 0;
    }

    // Fewer masked rows between two that count than a tile of a product has, more or less, are taken along.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindRun(ref float mask, nuint samples, int steps, int maskSample, ref nuint row, ref nuint rows)
    {
        const nuint Gap = 8;
        nuint all = samples * (nuint)steps;
        nuint first = NextRow(ref mask, row + rows, all, steps, maskSample, counts: true);
        nuint end = first;
        nuint next = first;
        while (next < all && next - end < Gap)
        {
            end = NextRow(ref mask, next, all, steps, maskSample, counts: false);
            next = NextRow(ref mask, end, all, steps, maskSample, counts: true);
        }

        row = first;
        rows = end - first;
    }

    // The first row from one on that counts, or that does not; that behind the last where there is none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nuint NextRow(ref float mask, nuint row, nuint all, int steps, int maskSample, bool counts)
    {
        (nuint sample, nuint step) = Math.DivRem(row, (nuint)steps);
        while (row < all)
        {
            ReadOnlySpan<float> rest = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref mask, (sample * (nuint)maskSample) + step), steps - (int)step);
            int found = counts ? rest.IndexOfAnyExcept(0f) : rest.IndexOf(0f);
            if (found >= 0)
            {
                return row + (nuint)found;
            }

            row += (nuint)rest.Length;
            sample++;
            step = 0;
        }

        return all;
    }

    /// <summary>y[t] = x[t]·factors[t] for the <paramref name="vectors"/> vectors of each of the <paramref name="steps"/> steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(
        ref float x, ref float factors, ref float y, nuint samples, int steps, int vectors, int columns, int factorsSample, int xStride, int yStride)
    {
        for (; samples != 0; samples--)
        {
            for (int step = 0; step < steps; step++)
            {
                Vector128<float> factor = Vector128.Create(Unsafe.Add(ref factors, step));
                for (int vector = 0; vector < vectors; vector++)
                {
                    for (int i = 0; i < columns; i += Vector128<float>.Count)
                    {
                        (factor * Vector128.LoadUnsafe(ref x, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
                    }

                    x = ref Unsafe.Add(ref x, xStride);
                    y = ref Unsafe.Add(ref y, yStride);
                }
            }

            factors = ref Unsafe.Add(ref factors, factorsSample);
        }
    }

    /// <summary>The number of steps of the batch over that of those whose mask is 1; 0 where there are none.</summary>
    /// <param name="mask">That of the first sample.</param>
    /// <param name="weight">Receives the quotient.</param>
    /// <param name="samples">The samples of the batch.</param>
    /// <param name="steps">Steps of a sample.</param>
    /// <param name="maskSample">Floats from one sample's mask to the next.</param>
    /// <param name="part">0: there is one part.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weigh(
        ref float mask, ref float weight, nuint samples, int steps, int maskSample, int part)
    {
        long counting = 0;
        for (nuint sample = 0; sample < samples; sample++)
        {
            ref float own = ref Unsafe.Add(ref mask, sample * (nuint)maskSample);
            foreach (float each in MemoryMarshal.CreateReadOnlySpan(ref own, steps))
            {
                counting += each == 0f ? 0 : 1;
            }
        }

        weight = counting == 0 ? 0f : (float)((double)samples * steps / counting);
    }

    private static bool IsZero(ref float x, int first, int columns) =>
        !MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref x, first), columns).ContainsAnyExcept(0f);

    /// <summary>share[t] = mask[t]/Σ mask, or 0 where no step counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Share(ref float mask, ref float share, nuint samples, int steps, int maskSample, int shareSample)
    {
        for (; samples != 0; samples--)
        {
            ReadOnlySpan<float> all = MemoryMarshal.CreateReadOnlySpan(ref mask, steps);
            float sum = 0f;
            foreach (float each in all)
            {
                sum += each;
            }

            for (int step = 0; step < steps; step++)
            {
                Unsafe.Add(ref share, step) = sum == 0f ? 0f : all[step] / sum;
            }

            mask = ref Unsafe.Add(ref mask, maskSample);
            share = ref Unsafe.Add(ref share, shareSample);
        }
    }
}
