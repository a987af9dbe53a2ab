using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>
/// dw = steps(Σ x at each tap · dy): a tile of dw stays in registers while the pixels of all samples pass, in their order, so a sum never
/// depends on who computes it.
/// </summary>
internal sealed class ConvolutionKernelGradientKernel(ConvolutionKernelGradientPlan plan) : KernelEmitter
{
    private readonly StepChain _steps = new(plan.Steps);
    private readonly WindowGeometry _g = plan.Geometry;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("dy"),
        KernelParameter.Reference("x"),
        .. StepOperands.References(plan.Steps),
        KernelParameter.Reference("dw"),
        KernelParameter.Count("samples"),
        .. Fold.Parameters(plan.Steps),
        .. plan.Parts == 1 ? (KernelParameter[])[] : [KernelParameter.Count("part")],
    ];

    public override string Formula =>
        $"dw = {StepText.Of("Σ x·dy", plan.Steps)}, {WindowText.Of(_g)} → {plan.Units}{(plan.Parts == 1 ? "" : ", one part of its rows")}";

    public override string TileText(SimdTarget target)
    {
        Tile tile = plan.Tiles.On(target.Machine);
        return $"tile: {tile.Rows} rows × {tile.Vectors * target.Machine.Lanes} units in {tile.Rows * tile.Vectors} registers, as deep as the batch";
    }

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = plan.Tiles.On(t.Machine);
        if (plan.Parts > 1)
        {
            WriteRange(writer);
        }

        using (writer.Block($"for (nuint start = 0; start < samples; start += {plan.ChunkSamples})"))
        {
            writer.Line(plan.ChunkSamples == 1
                ? "nuint end = start + 1;"
                : $"nuint end = nuint.Min(samples, start + {plan.ChunkSamples});");
            if (plan.ChunkRows == _g.Y.Rows)
            {
                WriteTiles(writer, t, tile);
                return;
            }

            using (writer.Block($"for (nuint top = 0; top < {_g.Y.Rows}; top += {plan.ChunkRows})"))
            {
                writer.Line($"nuint bottom = {Least("top", plan.ChunkRows, _g.Y.Rows)};");
                WriteTiles(writer, t, tile);
            }
        }
    }

    // Rows first..last of a run, or runs first..last.
    private void WriteRange(CodeWriter writer)
    {
        if (plan.HasShortRuns)
        {
            writer.Line($"nuint first = part * {ConvolutionKernelGradientPlan.PartRuns};");
            writer.Line($"nuint last = {Least("first", ConvolutionKernelGradientPlan.PartRuns, _g.Runs)};");
            return;
        }

        writer.Line($"nuint run = part / {plan.Pieces};");
        writer.Line($"nuint first = part % {plan.Pieces} * {ConvolutionKernelGradientPlan.PartRows};");
        writer.Line($"nuint last = {Least("first", ConvolutionKernelGradientPlan.PartRows, _g.Run)};");
        if (plan.SkipsZeros)
        {
            writer.Line($"nuint tapRow = {(_g.RunsARow == 1 ? "run" : $"run / {_g.RunsARow}")};");
        }

        writer.Line(Reference.Advance("x", RunOffset(Offset.Variable("run"))));
        foreach (string operand in _steps.ElementOperands.Append("dw"))
        {
            writer.Line(Reference.Advance(operand, Offset.Variable("run") * (_g.Run * PanelLayout.Width)));
        }
    }

    private void WriteTiles(CodeWriter writer, SimdTarget t, Tile tile) =>
        ColumnGroups.Write(writer, tile, plan.ComputedColumns, group =>
        {
            int unit = plan.HasShortRuns ? _g.Run : 1;
            int all = plan.HasShortRuns ? _g.Runs : _g.Run;
            int count = tile.Rows / unit;
            bool isOnly = plan.Parts == 1 && all < 2 * count;
            using (isOnly ? writer.Braces() : writer.Block(RowLoop(count, all)))
            {
                WriteTile(writer, t, tile.Rows, group, isOnly ? 0 : Offset.Variable("i"));
            }

            if (tile.TailRows > 0)
            {
                writer.Line();
                using (plan.Parts == 1 ? writer.Braces() : writer.Block($"if (last == {all})"))
                {
                    WriteTile(writer, t, tile.TailRows, group, all - (tile.TailRows / unit));
                }
            }
        });

    private string RowLoop(int count, int all) => plan.Parts == 1
        ? $"for (nuint i = 0; i < {all / count * count}; i += {count})"
        : $"for (nuint i = first; i + {count} <= last; i += {count})";

    private void WriteTile(CodeWriter writer, SimdTarget t, int rows, ColumnGroup group, Offset i)
    {
        var registers = new RegisterTile(writer, t, rows, group.Vectors, (r, c) => PanelLayout.OffsetOf(r, c, _g.Depth), group.Padding);
        Offset offset = PanelLayout.OffsetOf(i * (plan.HasShortRuns ? _g.Run : 1), group.First, _g.Depth);
        bool hasRows = plan.ChunkRows < _g.Y.Rows;
        writer.Line(Reference.Declare("tile", "dw", offset));
        registers.DeclareZero();
        using (writer.Block($"if ({Fold.GoesOn} || {(hasRows ? "start + top" : "start")} != 0)"))
        {
            registers.Load();
        }

        writer.Line();
        WriteSums(writer, t, registers, rows, group.First, i, hasRows);
        writer.Line();
        if (plan.Steps.Count == 0)
        {
            registers.Store();
            return;
        }

        using (writer.Block($"if ({Fold.Ends} && end == samples{(hasRows ? $" && bottom == {_g.Y.Rows}" : "")})"))
        {
            foreach (string operand in _steps.ElementOperands)
            {
                writer.Line(Reference.Declare($"{operand}Tile", operand, offset));
            }

            registers.Finish(_steps, (operand, v, _) => t.Load(operand, group.First + (v * t.Machine.Lanes)), biasDone: false);
        }

        using (writer.Block("else"))
        {
            registers.Store();
        }
    }

    private void WriteSums(CodeWriter writer, SimdTarget t, RegisterTile registers, int rows, Offset column, Offset i, bool hasRows)
    {
        int runs = plan.HasShortRuns ? rows / _g.Run : 1;
        Offset[] starts = [.. Enumerable.Range(0, runs).Select(run => plan.HasShortRuns ? RunOffset(i + run) : 0)];
        for (int run = 0; run < runs; run++)
        {
            if (!starts[run].IsConstant)
            {
                writer.Line($"nuint run{run} = {starts[run]};");
                starts[run] = Offset.Variable($"run{run}");
            }
        }

        using (writer.Block("for (nuint sample = start; sample < end; sample++)"))
        {
            Offset sample = Offset.Variable("sample");
            writer.Line(Reference.Declare("xSample", "x", (sample * _g.XSample) + (plan.HasShortRuns ? 0 : i)));
            writer.Line(Reference.Declare("dySample", "dy", (sample * _g.YSample) + column));
            (string top, string bottom) = hasRows ? ("top", "bottom") : ("0", CSharpLiteral.Of(_g.Y.Rows));
            if (_g.Y.Rows == 1)
            {
                WriteLine(writer, t, registers, starts, 0);
                return;
            }

            using (writer.Block($"for (nuint row = {top}; row < {bottom}; row++)"))
            {
                if (plan.SkipsZeros)
                {
                    Offset place = (Offset.Variable("row") * _g.Window.Rows.Stride) + (plan.Parts == 1 ? 0 : Offset.Variable("tapRow"));
                    IEnumerable<string> isZero =
                    [
                        .. _g.ZerosAbove > 0 ? [$"{place} < {_g.ZerosAbove}"] : (string[])[],
                        .. _g.ZerosBelow > 0 ? [$"{place} >= {_g.X.Rows - _g.ZerosBelow}"] : (string[])[],
                    ];
                    using (writer.Block($"if ({string.Join(" || ", isZero)})"))
                    {
                        writer.Line("continue;");
                    }

                    writer.Line();
                }

                WriteLine(writer, t, registers, starts, Offset.Variable("row"));
            }
        }
    }

    private void WriteLine(CodeWriter writer, SimdTarget t, RegisterTile registers, Offset[] starts, Offset row)
    {
        for (int run = 0; run < starts.Length; run++)
        {
            writer.Line(Reference.Declare($"x{run}", "xSample", (row * _g.LineStep) + starts[run]));
        }

        writer.Line(Reference.Declare("dyRow", "dySample", row * _g.YRow));
        using (writer.Block($"for (nuint pixel = 0; pixel < {_g.Y.Columns}; pixel++)"))
        {
            int length = plan.HasShortRuns ? _g.Run : int.MaxValue;
            registers.Accumulate(
                r => Reference.At($"x{r / length}", r % length),
                v => t.Load("dyRow", v * t.Machine.Lanes));
            for (int run = 0; run < starts.Length; run++)
            {
                writer.Line(Reference.Advance($"x{run}", _g.PixelStep));
            }

            writer.Line(Reference.Advance("dyRow", _g.YStride));
        }
    }

    private Offset RunOffset(Offset run)
    {
        if (run.IsConstant)
        {
            return (run.Constant / _g.RunsARow * _g.TapRowStep) + (run.Constant % _g.RunsARow * _g.RunStep);
        }

        string of = run.Constant == 0 ? run.ToString() : $"({run})";
        return _g.RunsARow == 1
            ? run * _g.TapRowStep
            : (Offset.Variable($"{of} / {_g.RunsARow}") * _g.TapRowStep) + (Offset.Variable($"{of} % {_g.RunsARow}") * _g.RunStep);
    }

    private static string Least(string from, int step, int limit) =>
        step >= limit ? CSharpLiteral.Of(limit) : $"{from} + {step} < {limit} ? {from} + {step} : {limit}";
}
