using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>db = steps(Σ dy): each column is summed over the samples in their order.</summary>
internal sealed class BatchSumKernel(BatchSumPlan plan) : KernelEmitter
{
    private readonly StepChain _steps = new(plan.Steps);

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("dy"),
        .. StepOperands.References(plan.Steps),
        KernelParameter.Reference("db"),
        KernelParameter.Count("vectors"),
    ];

    public override string Formula => $"db = {StepText.Of("Σ dy", plan.Steps)}, {plan.Units} units";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        Tile tile = plan.Tiles.First(tile => tile.Machine == t.Machine);
        ColumnGroups.Write(writer, tile, plan.Stride, (column, vectors) =>
        {
            int lanes = t.Machine.Lanes;
            string Vectors(Func<int, string> text) => string.Join(", ", Enumerable.Range(0, vectors).Select(text));
            writer.Line($"{t.Vector} {Vectors(v => $"s{v} = {t.Zero}")};");
            using (writer.Block(
                $"for (nuint done = 0, block = 0; done < vectors; done += {plan.BlockVectors}, block += {plan.BlockFloats})"))
            {
                writer.Line($"ref float row = ref Unsafe.Add(ref dy, block + {column});");
                writer.Line($"nuint count = vectors - done < {plan.BlockVectors} ? vectors - done : {plan.BlockVectors};");
                using (writer.Block("for (; count != 0; count--)"))
                {
                    for (int v = 0; v < vectors; v++)
                    {
                        writer.Line($"s{v} += {t.Load("row", v * lanes)};");
                    }

                    writer.Line($"row = ref Unsafe.Add(ref row, {plan.Stride});");
                }
            }

            writer.Line();
            for (int v = 0; v < vectors; v++)
            {
                string at = column == "0" ? CSharpLiteral.Of(v * lanes) : $"{column} + {v * lanes}";
                var place = new StepPlace(operand => t.LoadAt(operand, at), operand => t.LoadAt(operand, at), at);
                _steps.Write(writer, t, $"s{v}", place, StepPart.All);
                writer.Line(t.StoreAt($"s{v}", "db", at));
            }
        });
    }
}
