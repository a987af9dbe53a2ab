using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>y = steps(x·kernel) for one vector: many columns at a time, and each sum in several chains, so that no sum waits.</summary>
internal sealed class SingleProductKernel(SingleProductPlan plan) : KernelEmitter
{
    private const string FromLast = "fromLast";

    private readonly StepChain _steps = new(plan.Steps);

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("x"),
        KernelParameter.Reference("kernel"),
        .. StepOperands.References(plan.Steps),
        KernelParameter.Reference("y"),
        .. plan.TakesTurns ? [KernelParameter.Flag(FromLast)] : (KernelParameter[])[],
    ];

    public override string Formula => $"y = {StepText.Of("x·kernel", plan.Steps)}, {plan.Inputs} → {plan.Units}, a single vector{(plan.HasPairs ? ", kernel in 16 bits" : "")}";

    public override bool IsInlined => plan.IsInlined;

    public override string TileText(SimdTarget target)
    {
        Tile tile = plan.Tiles.On(target.Machine);
        int chains = plan.ChainsFor(tile.Vectors);
        return $"tile: {tile.Vectors * target.Machine.Lanes} units in {tile.Vectors * chains} registers, {(plan.Inputs + chains - 1) / chains} multiply-adds deep";
    }

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = plan.Tiles.On(t.Machine);
        ColumnGroups.Write(writer, tile, plan.Units, WriteGroup, plan.TakesTurns ? FromLast : null);

        void WriteGroup(ColumnGroup group)
        {
            (Offset column, int vectors) = (group.First, group.Vectors);
            int chains = plan.ChainsFor(vectors);
            writer.Line(Reference.Declare("panel", "kernel", PanelLayout.OffsetOf(0, column, plan.Depth)));
            WriteSums(writer, t, vectors, chains, column);
            if (plan.HasPairs)
            {
                writer.Line(plan.Inputs > 1 ? $"{t.Vector} a, b, pair;" : $"{t.Vector} a, pair;");
            }
            else if (vectors > 1)
            {
                writer.Line($"{t.Vector} a;");
            }

            if (plan.IsStraightLine(vectors))
            {
                WriteTerms(writer, t, vectors, chains, "x", "panel", plan.Inputs);
            }
            else
            {
                WriteRuns(writer, t, vectors, chains);
            }

            WriteTotals(writer, vectors, chains);
            foreach (string operand in _steps.ElementOperands.Prepend("y"))
            {
                writer.Line(Reference.Declare(operand == "y" ? "tile" : $"{operand}Tile", operand, column));
            }

            var registers = new RegisterTile(writer, t, rows: 1, vectors, static (_, c) => c, group.Padding);
            registers.Finish(
                _steps,
                (operand, v, row) => t.Load(operand, column + (row * PanelLayout.Pad(plan.Units)) + (v * t.Machine.Lanes)),
                biasDone: _steps.LeadingBias is not null);
        }
    }

    // s{chain}{vector}: the first chain starts from the bias.
    private void WriteSums(CodeWriter writer, SimdTarget t, int vectors, int chains, Offset column)
    {
        IEnumerable<string> sums = Enumerable.Range(0, chains).SelectMany(chain => Enumerable.Range(0, vectors).Select(v =>
            chain == 0 && _steps.LeadingBias is string bias
                ? $"s0{v} = {t.Load(bias, column + (v * t.Machine.Lanes))}"
                : $"s{chain}{v} = {t.Zero}"));
        writer.Declare(t.Vector, sums);
    }

    private void WriteRuns(CodeWriter writer, SimdTarget t, int vectors, int chains)
    {
        if (plan.Runs == 1)
        {
            writer.Line(Reference.Declare("term", "x"));
            writer.Line(Reference.Declare("weights", "panel"));
            WriteRun(writer, t, vectors, chains, isLast: true);
            return;
        }

        writer.Line(Reference.Declare("weights", "panel"));
        using (writer.Block($"for (nuint run = 0; run < {plan.Runs}; run++)"))
        {
            writer.Line(Reference.Declare("term", "x", Offset.Variable("run") * plan.RunStep));
            WriteRun(writer, t, vectors, chains, isLast: false);
        }
    }

    private void WriteRun(CodeWriter writer, SimdTarget t, int vectors, int chains, bool isLast)
    {
        int step = plan.HasPairs && chains % 2 != 0 ? 2 * chains : chains;
        int whole = plan.Run / step * step;
        if (whole > 0)
        {
            using (writer.Block($"for (nuint k = 0; k < {whole}; k += {step})"))
            {
                WriteTerms(writer, t, vectors, chains, "term", "weights", step);
                writer.Line(Reference.Advance("term", step));
                writer.Line(Reference.Advance("weights", (plan.HasPairs ? step / 2 : step) * PanelLayout.Width));
            }

            writer.Line();
        }

        int rest = plan.Run - whole;
        WriteTerms(writer, t, vectors, chains, "term", "weights", rest);
        if (!isLast && rest > 0)
        {
            writer.Line(Reference.Advance("weights", rest * PanelLayout.Width));
        }
    }

    private void WriteTerms(CodeWriter writer, SimdTarget t, int vectors, int chains, string x, string weights, int count)
    {
        if (plan.HasPairs)
        {
            WritePairs(writer, t, vectors, chains, x, weights, count);
            return;
        }

        for (int k = 0; k < count; k++)
        {
            string scalar = t.Broadcast(Reference.At(x, (k / plan.Run * plan.RunStep) + (k % plan.Run)));
            var statements = new List<string>();
            if (vectors > 1)
            {
                statements.Add($"a = {scalar};");
                scalar = "a";
            }

            for (int v = 0; v < vectors; v++)
            {
                Offset offset = PanelLayout.OffsetOf(k, v * t.Machine.Lanes, plan.Inputs);
                string sum = $"s{k % chains}{v}";
                statements.Add($"{sum} = {t.MultiplyAdd(scalar, t.Load(weights, offset), sum)};");
            }

            writer.Wrapped(statements);
        }
    }

    // Two terms a load; an odd last one alone.
    private void WritePairs(CodeWriter writer, SimdTarget t, int vectors, int chains, string x, string weights, int count)
    {
        for (int k = 0; k < count; k += 2)
        {
            bool isWhole = k + 1 < count;
            writer.Line($"a = {t.Broadcast(Reference.At(x, k))};");
            if (isWhole)
            {
                writer.Line($"b = {t.Broadcast(Reference.At(x, k + 1))};");
            }

            for (int v = 0; v < vectors; v++)
            {
                var statements = new List<string>
                {
                    $"pair = {t.Load(weights, PanelLayout.OffsetOf(k / 2, v * t.Machine.Lanes, plan.Depth))};",
                    Term("a", k, v),
                };
                if (isWhole)
                {
                    statements.Add(Term("b", k + 1, v));
                }

                writer.Wrapped(statements);
            }
        }

        string Term(string scalar, int k, int v)
        {
            string sum = $"s{k % chains}{v}";
            return $"{sum} = {t.MultiplyAdd(scalar, t.Widen("pair", k), sum)};";
        }
    }

    // Chains are added in pairs, then the pairs.
    private static void WriteTotals(CodeWriter writer, int vectors, int chains)
    {
        for (int distance = 1; distance < chains; distance *= 2)
        {
            IEnumerable<int> kept = Enumerable.Range(0, chains).Where(chain => chain % (2 * distance) == 0 && chain + distance < chains);
            writer.Wrapped(kept.SelectMany(chain => Enumerable.Range(0, vectors).Select(v => $"s{chain}{v} += s{chain + distance}{v};")));
        }
    }
}
