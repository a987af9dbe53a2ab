using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>A tile of a matrix product held in registers: accumulators s{row}{vector}, what is added to them, and how they are stored.</summary>
/// <param name="layout">From row and column to where the stored tile has them.</param>
/// <param name="padding">Vectors behind each row that are stored as zeros.</param>
/// <param name="pooled">What is pooled into a row of the stored tile, if anything: as many rows of accumulators one after another.</param>
internal sealed class RegisterTile(
    CodeWriter writer, SimdTarget t, int rows, int vectors, Func<int, int, Offset> layout, int padding = 0, PixelBlock? pooled = null)
{
    private readonly int _sums = pooled?.Pixels ?? 1;

    /// <summary>Declares the accumulators, all 0.</summary>
    public void DeclareZero() => Declare((row, v) => row + v == 0 ? t.Zero : Name(0, 0));

    /// <summary>Declares the accumulators, each starting from the value of its vector.</summary>
    /// <param name="initial">The load of a vector's value.</param>
    public void DeclareFrom(Func<int, string> initial)
    {
        writer.Declare(t.Vector, Vectors(v => $"i{v} = {initial(v)}"));
        Declare(static (_, v) => $"i{v}");
    }

    /// <summary>Declares the accumulators, each starting from the value of its row.</summary>
    /// <param name="initial">A row's value.</param>
    public void DeclareFromRows(Func<int, string> initial) => Declare((row, v) => v == 0 ? initial(row) : Name(row, 0));

    /// <summary>One step of the sum: every row's scalar times every vector.</summary>
    /// <param name="scalar">The reference to the scalar of a row of accumulators.</param>
    /// <param name="vector">The load of a vector.</param>
    /// <param name="declares">Whether the operands' names are new where the step stands.</param>
    public void Accumulate(Func<int, string> scalar, Func<int, string> vector, bool declares = true)
    {
        DeclareShared(vector, declares);
        if (vectors == 1)
        {
            writer.Wrapped(Enumerable.Range(0, rows * _sums).Select(row => $"{Name(row, 0)} = {t.MultiplyAdd(t.Broadcast(scalar(row)), "b0", Name(row, 0))};"));
            return;
        }

        for (int row = 0; row < rows * _sums; row++)
        {
            string declared = row == 0 && declares ? $"{t.Vector} " : "";
            writer.Wrapped(
            [
                $"{declared}a = {t.Broadcast(scalar(row))};",
                .. Vectors(v => $"{Name(row, v)} = {t.MultiplyAdd("a", $"b{v}", Name(row, v))};"),
            ]);
        }
    }

    /// <summary>One step of sums of which each has terms of its own: a load a row and vector, times that of the vector.</summary>
    /// <param name="left">The load of a row's vector.</param>
    /// <param name="right">The load of what all rows share.</param>
    /// <param name="declares">Whether the operands' names are new where the step stands.</param>
    public void AccumulateEach(Func<int, int, string> left, Func<int, string> right, bool declares)
    {
        DeclareShared(right, declares);
        WriteAll((row, v) => $"{Name(row, v)} = {t.MultiplyAdd(left(row, v), $"b{v}", Name(row, v))};");
    }

    /// <summary>Runs the steps and stores the tile at <c>tile</c>; element operands stand at <c>{operand}Tile</c>.</summary>
    /// <param name="steps">The steps after the sum.</param>
    /// <param name="unit">From a unit operand's name, a vector and a row of the operand to its load.</param>
    /// <param name="biasDone">Whether the accumulators started from the leading bias.</param>
    public void Finish(StepChain steps, Func<string, int, int, string> unit, bool biasDone) => Finish(
        steps, (_, v, element) => PlaceOf(v, unit, element, biasDone), biasDone);

    /// <summary>The same where a row of the tile is a unit, and its lanes are samples.</summary>
    /// <param name="steps">The steps after the sum.</param>
    /// <param name="unit">From a unit operand's name, a row of the tile and a row of the operand to its value.</param>
    /// <param name="biasDone">Whether the accumulators started from the leading bias.</param>
    public void FinishUnits(StepChain steps, Func<string, int, int, string> unit, bool biasDone) => Finish(
        steps, (row, _, element) => PlaceOf(row, unit, element, biasDone), biasDone);

    private void Finish(StepChain steps, Func<int, int, Func<string, string>, StepPlace> placeOf, bool biasDone)
    {
        if (pooled is not null)
        {
            FinishPooled(steps, placeOf, biasDone);
            return;
        }

        bool isOneStatement = steps.Count - (biasDone ? 1 : 0) < 2;
        string Finished(int row, int v)
        {
            Offset offset = OffsetOf(row, v);
            StepPlace place = placeOf(row, v, operand => t.Load($"{operand}Tile", offset));
            return t.Store(steps.Write(writer, t, Name(row, v), place), "tile", offset);
        }

        if (isOneStatement)
        {
            WriteAll(Finished);
        }
        else
        {
            for (int row = 0; row < rows; row++)
            {
                for (int v = 0; v < vectors; v++)
                {
                    writer.Line(Finished(row, v));
                }
            }
        }

        ClearPadding();
    }

    // The ReLU of the greatest value is the greatest of the ReLUs, and runs once a block.
    private void FinishPooled(StepChain steps, Func<int, int, Func<string, string>, StepPlace> placeOf, bool biasDone)
    {
        bool hasSteps = steps.Count > (biasDone ? 1 : 0);
        bool poolsFirst = pooled is { Pooling: Pooling.Max } && steps.AreRelu(behindBias: biasDone);
        Expression Finished(int sum, int v) => steps.Write(
            writer, t, Name(sum, v), placeOf(sum / _sums, v, static operand => throw new InvalidOperationException($"{operand} has no place in a block")));
        void Update(int sum, int v, Expression value) => writer.Line($"{Name(sum, v)} = {value};");
        for (int row = 0; row < rows; row++)
        {
            for (int v = 0; v < vectors; v++)
            {
                int first = row * _sums;
                for (int sum = first; sum < first + _sums && hasSteps && !poolsFirst; sum++)
                {
                    Update(sum, v, Finished(sum, v));
                }

                Expression value = Pool(Enumerable.Range(first, _sums).Select(sum => Name(sum, v)));
                if (hasSteps && poolsFirst)
                {
                    Update(first, v, value);
                    value = Finished(first, v);
                }

                writer.Line(t.Store(value, "tile", OffsetOf(row, v)));
            }
        }

        ClearPadding();
    }

    private Expression Pool(IEnumerable<string> sums) => pooled!.Pooling == Pooling.Max
        ? sums.Aggregate((greatest, next) => t.Max(greatest, next))
        : new Expression($"({string.Join(" + ", sums)}) * {t.Constant(1f / _sums)}", IsPrimary: false);

    /// <summary>Sets the accumulators to what is stored at <c>tile</c>.</summary>
    public void Load() => WriteAll((row, v) => $"{Name(row, v)} = {t.Load("tile", OffsetOf(row, v))};");

    /// <summary>Stores the accumulators at <c>tile</c>.</summary>
    public void Store()
    {
        WriteAll((row, v) => t.Store(Name(row, v), "tile", OffsetOf(row, v)));
        ClearPadding();
    }

    private void ClearPadding()
    {
        if (padding > 0)
        {
            writer.Wrapped(Enumerable.Range(0, rows).SelectMany(row =>
                Enumerable.Range(vectors, padding).Select(v => t.Store(t.Zero, "tile", OffsetOf(row, v)))));
        }
    }

    private void DeclareShared(Func<int, string> vector, bool declares)
    {
        if (declares)
        {
            writer.Declare(t.Vector, Vectors(v => $"b{v} = {vector(v)}"));
        }
        else
        {
            writer.Wrapped(Vectors(v => $"b{v} = {vector(v)};"));
        }
    }

    private void Declare(Func<int, int, string> initial) => writer.Declare(
        t.Vector, Enumerable.Range(0, rows * _sums).SelectMany(row => Vectors(v => $"{Name(row, v)} = {initial(row, v)}")));

    private void WriteAll(Func<int, int, string> statement) =>
        writer.Wrapped(Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(0, vectors).Select(v => statement(row, v))));

    // A tile's rows are whole samples where a step has an operand of the sample's extent: there it is at its units.
    private static StepPlace PlaceOf(
        int index, Func<string, int, int, string> unit, Func<string, string> element, bool biasDone) =>
        new((operand, row) => unit(operand, index, row), operand => unit(operand, index, 0), element, BiasDone: biasDone);

    private static string Name(int row, int vector) => $"s{row}{vector}";

    private IEnumerable<string> Vectors(Func<int, string> text) => Enumerable.Range(0, vectors).Select(text);

    private Offset OffsetOf(int row, int vector) => layout(row, vector * t.Machine.Lanes);
}
