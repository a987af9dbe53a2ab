using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>y = e^(x − max x)/Σ e^(x − max x), or its logarithm x − max x − ln Σ e^(x − max x).</summary>
internal sealed class SoftmaxKernel(SoftmaxPlan plan) : KernelEmitter
{
    private static readonly Offset s_u = Offset.Variable("u");

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.Reference("x"), KernelParameter.Reference("y"), KernelParameter.Count("vectors")];

    public override string Formula => plan.Logarithm
        ? $"y = x − max − ln Σ e^(x − max), {plan.Columns} columns"
        : $"y = e^(x − max)/Σ e^(x − max), {plan.Columns} columns";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        var columns = new MaskedColumns(t, plan.Columns);
        string lowest = t.Broadcast("float.NegativeInfinity");
        using (writer.Block("for (nuint vector = 0; vector < vectors; vector++)"))
        {
            writer.Line(Reference.Declare("xRow", "x", Offset.Variable("vector") * plan.Stride));
            writer.Line(Reference.Declare("yRow", "y", Offset.Variable("vector") * plan.Stride));
            writer.Line("// Subtract the maximum first: the exponential overflows above 88.7.");
            if (plan.Logarithm)
            {
                WriteLogarithm(writer, t, columns, lowest);
            }
            else if (columns.Used <= CodeBudget.RowVectors)
            {
                WriteUnrolled(writer, t, columns, lowest);
            }
            else
            {
                WriteLoops(writer, t, columns, lowest);
            }
        }
    }

    private static void WriteUnrolled(CodeWriter writer, SimdTarget t, MaskedColumns columns, string lowest)
    {
        int lanes = t.Machine.Lanes;
        for (int v = 0; v < columns.Used; v++)
        {
            writer.Line($"{t.Vector} e{v} = {columns.Load("xRow", v, lowest)};");
        }

        string largest = Enumerable.Range(1, columns.Used - 1).Aggregate("e0", (max, v) => t.Max(max, $"e{v}"));
        writer.Line($"{t.Vector} max = {t.Broadcast($"VectorMath.MaxAcross({largest})")};");
        for (int v = 0; v < columns.Used; v++)
        {
            writer.Line($"e{v} = {t.Math("ExpOrZero", $"e{v} - max")};");
        }

        string sum = string.Join(" + ", Enumerable.Range(0, columns.Used).Select(static v => $"e{v}"));
        writer.Line($"{t.Vector} scale = {t.Broadcast($"1f / VectorMath.SumAcross({sum})")};");
        writer.Wrapped(Enumerable.Range(0, columns.Total).Select(v => t.Store(v < columns.Used ? $"e{v} * scale" : t.Zero, "yRow", v * lanes)));
    }

    private void WriteLogarithm(CodeWriter writer, SimdTarget t, MaskedColumns columns, string lowest)
    {
        int lanes = t.Machine.Lanes;
        int whole = columns.Whole * lanes;
        WriteMaximum(writer, t, columns, lowest);
        writer.Line($"{t.Vector} sum = {t.Zero};");
        columns.ForEach(writer, (load, _) => writer.Line($"sum += {t.Math("ExpOrZero", $"{load} - max")};"), lowest);
        writer.Line($"max += {t.Broadcast("VectorMath.Log(VectorMath.SumAcross(sum))")};");
        using (writer.Block($"for (nuint u = 0; u < {whole}; u += {lanes})"))
        {
            writer.Line(t.Store($"{t.Load("xRow", s_u)} - max", "yRow", s_u));
        }

        if (columns.Used > columns.Whole)
        {
            string mask = t.FirstLanes(plan.Columns % lanes);
            writer.Line(t.Store(t.Select(mask, $"{t.Load("xRow", whole)} - max", t.Zero), "yRow", whole));
        }

        columns.ClearPadding(writer, "yRow");
    }

    private static void WriteMaximum(CodeWriter writer, SimdTarget t, MaskedColumns columns, string lowest)
    {
        writer.Line($"{t.Vector} max = {lowest};");
        columns.ForEach(writer, (load, _) => writer.Line($"max = {t.Max("max", load)};"), lowest);
        writer.Line($"max = {t.Broadcast("VectorMath.MaxAcross(max)")};");
    }

    private static void WriteLoops(CodeWriter writer, SimdTarget t, MaskedColumns columns, string lowest)
    {
        int lanes = t.Machine.Lanes;
        WriteMaximum(writer, t, columns, lowest);
        writer.Line($"{t.Vector} sum = {t.Zero};");
        columns.ForEach(
            writer,
            (load, at) =>
            {
                writer.Line($"{t.Vector} e = {t.Math("ExpOrZero", $"{load} - max")};");
                writer.Line(t.Store("e", "yRow", at));
                writer.Line("sum += e;");
            },
            lowest);
        columns.ClearPadding(writer, "yRow");
        writer.Line($"{t.Vector} scale = {t.Broadcast("1f / VectorMath.SumAcross(sum)")};");
        using (writer.Block($"for (nuint u = 0; u < {columns.Used * lanes}; u += {lanes})"))
        {
            writer.Line(t.Store($"{t.Load("yRow", s_u)} * scale", "yRow", s_u));
        }
    }
}
