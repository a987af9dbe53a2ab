using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Graph;
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
        .. StepOperands.Scalars(plan.Steps),
    ];

    public override string Formula => $"y = {StepText.Of("x", plan.Steps)}, vectors of {plan.Stride}";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        _steps.WriteKeys(writer);
        string all = $"vectors * {plan.Stride}";
        int sample = plan.Vectors * plan.Stride;
        bool hasGaps = plan.Stride != plan.Padded;
        if (_steps.Has(OperandExtent.Sample))
        {
            using (writer.Block($"for (nuint sample = 0; sample < {all}; sample += {sample})"))
            using (writer.Block($"for (nuint e = 0; e < {sample - plan.Stride + plan.Padded}; e += {t.Machine.Lanes})"))
            {
                writer.Line("nuint i = sample + e;");
                WriteElement(writer, t, plan.Vectors == 1 ? "e" : $"e % {plan.Stride}", "e", Position("sample", "e"));
            }
        }
        else if (_steps.Has(OperandExtent.Unit) || hasGaps)
        {
            using (writer.Block($"for (nuint vector = 0; vector < {all}; vector += {plan.Stride})"))
            using (writer.Block($"for (nuint u = 0; u < {plan.Padded}; u += {t.Machine.Lanes})"))
            {
                writer.Line("nuint i = vector + u;");
                WriteElement(writer, t, "u", "u", Position("vector", "u"));
            }
        }
        else
        {
            using (writer.Block($"for (nuint i = 0; i < {all}; i += {t.Machine.Lanes})"))
            {
                WriteElement(writer, t, "i", "i", $"firstVector * {plan.Stride} + i");
            }
        }

        // Random numbers belong to the values, wherever these lie.
        string Position(string start, string element) => hasGaps
            ? $"(firstVector + {start} / {plan.Stride}) * {plan.Padded} + {element}"
            : $"firstVector * {plan.Stride} + i";
    }

    private void WriteElement(CodeWriter writer, SimdTarget t, string unit, string sample, string position)
    {
        var place = new StepPlace(
            (operand, row) => row == 0 ? t.LoadAt(operand, unit) : t.LoadAt(operand, $"{unit} + {row * plan.Padded}"),
            operand => t.LoadAt(operand, sample),
            operand => t.LoadAt(operand, "i"),
            position);
        writer.Line($"{t.Vector} value = {t.LoadAt("x", "i")};");
        _steps.Write(writer, t, "value", place);
        writer.Line(t.StoreAt("value", "y", "i"));
    }
}
