using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>dx = y·(dy − Σ y·dy); dx may be dy. Padding of y is 0, so that of dx becomes 0 and sums need no mask.</summary>
internal sealed class SoftmaxGradientKernel(SoftmaxGradientPlan plan) : KernelEmitter
{
    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("y"),
        KernelParameter.Reference("dy"),
        KernelParameter.Reference("dx"),
        KernelParameter.Count("vectors"),
    ];

    public override string Formula => $"dx = y·(dy − Σ y·dy), {plan.Columns} columns";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        int lanes = t.Machine.Lanes;
        using (writer.Block($"for (nuint row = 0; row < vectors * {plan.Stride}; row += {plan.Stride})"))
        {
            writer.Line($"{t.Vector} sum = {t.Zero};");
            using (writer.Block($"for (nuint i = row; i < row + {plan.Stride}; i += {lanes})"))
            {
                writer.Line($"sum = {t.MultiplyAdd(t.LoadAt("y", "i"), t.LoadAt("dy", "i"), "sum")};");
            }

            writer.Line();
            writer.Line($"{t.Vector} mean = {t.Broadcast("VectorMath.SumAcross(sum)")};");
            using (writer.Block($"for (nuint i = row; i < row + {plan.Stride}; i += {lanes})"))
            {
                writer.Line(t.StoreAt($"({t.LoadAt("y", "i")} * ({t.LoadAt("dy", "i")} - mean))", "dx", "i"));
            }
        }
    }
}
