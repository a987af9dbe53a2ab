using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>y = steps(x), vector by vector; y may be x.</summary>
internal sealed class ElementwiseKernel(ElementwisePlan plan) : KernelEmitter
{
    private readonly StepChain _steps = new(plan.Steps);

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("x"),
        .. StepOperands.References(plan.Steps),
        KernelParameter.Reference("y"),
        KernelParameter.Count("vectors"),
        .. StepOperands.Noise(plan.Steps),
    ];

    public override string Formula => $"y = {StepText.Of("x", plan.Steps)}, vectors of {plan.Stride}";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        _steps.WriteKeys(writer);
        if (_steps.UnitOperands.Any())
        {
            using (writer.Block($"for (nuint vector = 0; vector < vectors * {plan.Stride}; vector += {plan.Stride})"))
            using (writer.Block($"for (nuint u = 0; u < {plan.Stride}; u += {t.Machine.Lanes})"))
            {
                writer.Line("nuint i = vector + u;");
                WriteElement(writer, t, "u");
            }
        }
        else
        {
            using (writer.Block($"for (nuint i = 0; i < vectors * {plan.Stride}; i += {t.Machine.Lanes})"))
            {
                WriteElement(writer, t, "i");
            }
        }
    }

    private void WriteElement(CodeWriter writer, SimdTarget t, string unit)
    {
        var place = new StepPlace(
            operand => t.LoadAt(operand, unit), operand => t.LoadAt(operand, "i"), $"firstVector * {plan.Stride} + i");
        writer.Line($"{t.Vector} value = {t.LoadAt("x", "i")};");
        _steps.Write(writer, t, "value", place, StepPart.All);
        writer.Line(t.StoreAt("value", "y", "i"));
    }
}
