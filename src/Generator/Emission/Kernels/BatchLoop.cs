using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Loops over all vectors of the batch, block by block, for sums of each column.</summary>
internal static class BatchLoop
{
    /// <summary>
    /// Declares sums <c>{name}{v}</c> and adds <paramref name="term"/> of each vector. Sums of a block are added to the total when it
    /// ends, so that their rounding errors stay small in large batches.
    /// </summary>
    /// <param name="rows">The references that walk along, each with its source: <c>("row", "dy")</c>.</param>
    /// <param name="term">From a vector's number to what is added to its sum.</param>
    public static void Write(
        CodeWriter writer, SimdTarget t, BatchLoopSizes sizes, Offset column, int vectors, string name, (string Row, string Source)[] rows, Func<int, string> term)
    {
        string All(Func<int, string> text) => string.Join(", ", Enumerable.Range(0, vectors).Select(text));
        writer.Line($"{t.Vector} {All(v => $"{name}{v} = {t.Zero}")};");
        using (writer.Block(
            $"for (nuint done = 0, block = 0; done < vectors; done += {sizes.BlockVectors}, block += {sizes.BlockFloats})"))
        {
            foreach ((string row, string source) in rows)
            {
                writer.Line(Reference.Declare(row, source, Offset.Variable("block") + column));
            }

            writer.Line($"nuint count = vectors - done < {sizes.BlockVectors} ? vectors - done : {sizes.BlockVectors};");
            writer.Line($"{t.Vector} {All(v => $"p{v} = {t.Zero}")};");
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
internal sealed record BatchLoopSizes(int BlockVectors, int BlockFloats, int Stride);
