using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>
/// dx = y·(dy − Σ y·dy), or dy − e^y·Σ dy for the logarithm; dx may be dy. Padding of dy is 0, so sums need no mask; for the logarithm the
/// padding of dx is left to be cleared.
/// </summary>
internal sealed class SoftmaxGradientKernel(SoftmaxGradientPlan plan) : KernelEmitter
{
    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("y"),
        KernelParameter.Reference("dy"),
        KernelParameter.Reference("dx"),
        KernelParameter.Count("vectors"),
    ];

    public override string Formula => plan.Logarithm
        ? $"dx = dy − e^y·Σ dy, {plan.Columns} columns"
        : $"dx = y·(dy − Σ y·dy), {plan.Columns} columns";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        int lanes = t.Machine.Lanes;
        Offset i = Offset.Variable("i");
        using (writer.Block($"for (nuint row = 0; row < vectors * {plan.Stride}; row += {plan.Stride})"))
        {
            writer.Line($"{t.Vector} sum = {t.Zero};");
            using (writer.Block($"for (nuint i = row; i < row + {plan.Padded}; i += {lanes})"))
            {
                string dy = t.Load("dy", i);
                writer.Line(plan.Logarithm ? $"sum += {dy};" : $"sum = {t.MultiplyAdd(t.Load("y", i), dy, "sum")};");
            }

            writer.Line();
            writer.Line($"sum = {t.Broadcast("VectorMath.SumAcross(sum)")};");
            using (writer.Block($"for (nuint i = row; i < row + {plan.Padded}; i += {lanes})"))
            {
                string dx = plan.Logarithm
                    ? $"{t.Load("dy", i)} - {t.Math("ExpOrZero", t.Load("y", i))} * sum"
                    : $"{t.Load("y", i)} * ({t.Load("dy", i)} - sum)";
                writer.Line(t.Store(dx, "dx", i));
            }

            if (plan.Logarithm)
            {
                VectorPadding.Clear(writer, t, "dx", Offset.Variable("row"), plan.Columns);
            }
        }
    }
}
