using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>A tile of a matrix product held in registers: accumulators s{row}{vector}, what is added to them, and how they are stored.</summary>
/// <param name="layout">From row and column to where the stored tile has them.</param>
internal sealed class RegisterTile(CodeWriter writer, SimdTarget t, int rows, int vectors, Func<int, int, Offset> layout)
{
    /// <summary>Declares the accumulators, each starting from <paramref name="initial"/> of its vector.</summary>
    public void Declare(Func<int, string> initial)
    {
        for (int row = 0; row < rows; row++)
        {
            writer.Line($"{t.Vector} {string.Join(", ", Vectors(v => $"{Name(row, v)} = {initial(v)}"))};");
        }
    }

    /// <summary>One step of the sum: every row's scalar times every vector.</summary>
    /// <param name="scalar">The reference to a row's scalar.</param>
    /// <param name="vector">The load of a vector.</param>
    public void Accumulate(Func<int, string> scalar, Func<int, string> vector)
    {
        writer.Line($"{t.Vector} {string.Join(", ", Vectors(v => $"b{v} = {vector(v)}"))};");
        for (int row = 0; row < rows; row++)
        {
            string declared = row == 0 ? $"{t.Vector} " : "";
            writer.Line($"{declared}a = {t.Broadcast(scalar(row))};");
            foreach (string line in Vectors(v => $"{Name(row, v)} = {t.MultiplyAdd("a", $"b{v}", Name(row, v))};"))
            {
                writer.Line(line);
            }
        }
    }

    /// <summary>Runs the steps and stores the tile at <c>tile</c>; element operands stand at <c>{operand}Tile</c>.</summary>
    /// <param name="steps">The steps after the sum.</param>
    /// <param name="unit">From a unit operand's name, a vector and a row of the operand to its load.</param>
    /// <param name="biasDone">Whether the accumulators started from the leading bias.</param>
    public void Finish(StepChain steps, Func<string, int, int, string> unit, bool biasDone)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int v = 0; v < vectors; v++)
            {
                Offset offset = OffsetOf(row, v);
                StepPlace place = PlaceOf(v, unit, operand => t.Load($"{operand}Tile", offset), biasDone);
                steps.Write(writer, t, Name(row, v), place);
            }
        }

        Store();
    }

    /// <summary>Sets the accumulators to what is stored at <c>tile</c>.</summary>
    public void Load() => ForEach((name, offset) => writer.Line($"{name} = {t.Load("tile", offset)};"));

    /// <summary>Stores the accumulators at <c>tile</c>.</summary>
    public void Store() => ForEach((name, offset) => writer.Line(t.Store(name, "tile", offset)));

    private void ForEach(Action<string, Offset> write)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int v = 0; v < vectors; v++)
            {
                write(Name(row, v), OffsetOf(row, v));
            }
        }
    }

    // A tile's rows are whole samples where a step has an operand of the sample's extent: there it is at its units.
    private static StepPlace PlaceOf(
        int vector, Func<string, int, int, string> unit, Func<string, string> element, bool biasDone) =>
        new((operand, row) => unit(operand, vector, row), operand => unit(operand, vector, 0), element, BiasDone: biasDone);

    private static string Name(int row, int vector) => $"s{row}{vector}";

    private IEnumerable<string> Vectors(Func<int, string> text) => Enumerable.Range(0, vectors).Select(text);

    private Offset OffsetOf(int row, int vector) => layout(row, vector * t.Machine.Lanes);
}
