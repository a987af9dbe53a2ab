using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Loops over all vectors there are, for sums of each column.</summary>
internal static class BatchLoop
{
    /// <summary>
    /// Declares sums <c>{name}{v}</c> and adds <paramref name="term"/> of each vector. Some vectors at a time are summed by themselves and
    /// added to the total, so that rounding errors stay small in large batches.
    /// </summary>
    /// <param name="rows">The references that walk along, each with its source: <c>("row", "dy")</c>.</param>
    /// <param name="term">From a vector's number to what is added to its sum.</param>
    /// <param name="before">From a vector's number to the sum that it goes on from; null where there is none.</param>
    public static void Write(
        CodeWriter writer,
        SimdTarget t,
        BatchLoopSizes sizes,
        Offset column,
        int vectors,
        string name,
        (string Row, string Source)[] rows,
        Func<int, string> term,
        Func<int, string>? before = null)
    {
        writer.Declare(
            t.Vector, Enumerable.Range(0, vectors).Select(v => $"{name}{v} = {(before is null ? t.Zero : $"{Fold.GoesOn} ? {before(v)} : {t.Zero}")}"));
        using (writer.Block($"for (nuint done = 0; done < vectors; done += {sizes.PartialVectors})"))
        {
            foreach ((string row, string source) in rows)
            {
                writer.Line(Reference.Declare(row, source, (Offset.Variable("done") * sizes.Stride) + column));
            }

            writer.Line($"nuint count = nuint.Min(vectors - done, {sizes.PartialVectors});");
            writer.Declare(t.Vector, Enumerable.Range(0, vectors).Select(v => $"p{v} = {t.Zero}"));
            using (writer.Block("for (; count != 0; count--)"))
            {
                writer.Wrapped(Enumerable.Range(0, vectors).Select(v => $"p{v} += {term(v)};"));
                foreach ((string row, _) in rows)
                {
                    writer.Line(Reference.Advance(row, sizes.Stride));
                }
            }

            writer.Line();
            writer.Wrapped(Enumerable.Range(0, vectors).Select(v => $"{name}{v} += p{v};"));
        }

        writer.Line();
    }
}

/// <summary>The constants of a loop over the batch.</summary>
/// <param name="PartialVectors">Vectors that are summed by themselves.</param>
/// <param name="Stride">Floats from one vector to the next.</param>
internal sealed record BatchLoopSizes(int PartialVectors, int Stride);
