using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;
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
        Offset i = Offset.Variable("i");
        var columns = new MaskedColumns(t, plan.Columns);
        if (_steps.Has(OperandExtent.Sample))
        {
            using (writer.Block($"for (nuint sample = 0; sample < {all}; sample += {sample})"))
            using (writer.Block($"for (nuint e = 0; e < {sample - plan.Stride + plan.Padded}; e += {t.Machine.Lanes})"))
            {
                Offset e = Offset.Variable("e");
                writer.Line("nuint i = sample + e;");
                Offset unit = plan.Vectors == 1 ? e : e.Modulo(plan.Stride);
                WriteElement(writer, t, unit, e, Position("sample", e), Channel("sample", unit));
            }
        }
        else if (_steps.Has(OperandExtent.Unit) || _steps.DrawsByChannel || HasGaps || columns.Used < columns.Total)
        {
            using (writer.Block($"for (nuint vector = 0; vector < {all}; vector += {plan.Stride})"))
            {
                using (writer.Block($"for (nuint u = 0; u < {columns.Used * t.Machine.Lanes}; u += {t.Machine.Lanes})"))
                {
                    Offset u = Offset.Variable("u");
                    writer.Line("nuint i = vector + u;");
                    WriteElement(writer, t, u, u, Position("vector", u), Channel("vector", u));
                }

                for (int v = columns.Used; v < columns.Total; v++)
                {
                    writer.Line(t.Store(t.Zero, "y", Offset.Variable("vector") + (v * t.Machine.Lanes)));
                }
            }
        }
        else
        {
            using (writer.Block($"for (nuint i = 0; i < {all}; i += {t.Machine.Lanes})"))
            {
                WriteElement(writer, t, i, i, Position("", i), channel: default);
            }
        }
    }

    private bool HasGaps => plan.Stride != plan.Padded;

    // Random numbers belong to the values, wherever these lie.
    private Offset Position(string start, Offset element) => HasGaps
        ? ((Offset.Variable("firstVector") + Offset.Variable($"{start} / {plan.Stride}")) * plan.Padded) + element
        : (Offset.Variable("firstVector") * plan.Stride) + Offset.Variable("i");

    private Offset Channel(string start, Offset unit) =>
        (Offset.Variable($"(firstVector + {start} / {plan.Stride}) / {plan.Vectors}") * plan.Padded) + unit;

    private void WriteElement(CodeWriter writer, SimdTarget t, Offset unit, Offset sample, Offset position, Offset channel)
    {
        Offset i = Offset.Variable("i");
        var place = new StepPlace(
            (operand, row) => t.Load(operand, unit + (row * plan.Padded)),
            operand => t.Load(operand, sample),
            operand => t.Load(operand, i),
            position,
            channel);
        writer.Line($"{t.Vector} value = {t.Load("x", i)};");
        writer.Line(t.Store(_steps.Write(writer, t, "value", place), "y", i));
    }
}
