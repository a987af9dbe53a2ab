using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Mean and 1/√(variance + ε) of a vector, left in <c>mean</c> and <c>scale</c>: two passes, so that the variance does not cancel.</summary>
internal static class VectorMoments
{
    public static void Write(CodeWriter writer, SimdTarget t, int columns, float epsilon)
    {
        var masked = new MaskedColumns(t, columns);
        string share = CSharpLiteral.Of(1f / columns);
        writer.Line($"{t.Vector} sum = {t.Zero};");
        masked.ForEach(writer, (load, _) => writer.Line($"sum += {load};"), t.Zero);
        writer.Line($"{t.Vector} mean = {t.Broadcast($"VectorMath.SumAcross(sum) * {share}")};");
        writer.Line($"{t.Vector} square = {t.Zero};");
        masked.ForEach(
            writer,
            (load, _) =>
            {
                writer.Line($"{t.Vector} d = {load} - mean;");
                writer.Line("square += d * d;");
            },
            "mean");
        string variance = $"VectorMath.SumAcross(square) * {share} + {CSharpLiteral.Of(epsilon)}";
        writer.Line($"{t.Vector} scale = {t.Broadcast($"1f / global::System.MathF.Sqrt({variance})")};");
    }
}

/// <summary>y = (x − mean)/√(variance + ε) of each vector.</summary>
internal sealed class LayerStandardizeKernel(LayerStandardizePlan plan) : KernelEmitter
{
    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.Reference("x"), KernelParameter.Reference("y"), KernelParameter.Count("vectors")];

    public override string Formula => $"y = (x − mean)/√(variance + {CSharpLiteral.Of(plan.Epsilon)}), {plan.Columns} columns";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        using (writer.Block($"for (nuint row = 0; row < vectors * {plan.Stride}; row += {plan.Stride})"))
        {
            writer.Line("ref float xRow = ref Add(ref x, row);");
            VectorMoments.Write(writer, t, plan.Columns, plan.Epsilon);
            using (writer.Block($"for (nuint u = 0; u < {plan.Padded}; u += {t.Machine.Lanes})"))
            {
                Offset u = Offset.Variable("u");
                writer.Line(t.Store($"({t.Load("xRow", u)} - mean) * scale", "y", Offset.Variable("row") + u));
            }

            VectorPadding.Clear(writer, t, "y", Offset.Variable("row"), plan.Columns);
        }
    }
}

/// <summary>dx = (dy − mean(dy) − x̂·mean(dy·x̂))/√(variance + ε) of each vector. Padding of dy and x̂ is 0.</summary>
internal sealed class LayerStandardizeGradientKernel(LayerStandardizeGradientPlan plan) : KernelEmitter
{
    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("x"),
        KernelParameter.Reference("standardized"),
        KernelParameter.Reference("dy"),
        KernelParameter.Reference("dx"),
        KernelParameter.Count("vectors"),
    ];

    public override string Formula => $"dx = (dy − mean(dy) − x̂·mean(dy·x̂))/√(variance + {CSharpLiteral.Of(plan.Epsilon)}), {plan.Columns} columns";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        int lanes = t.Machine.Lanes;
        Offset i = Offset.Variable("i");
        string share = CSharpLiteral.Of(1f / plan.Columns);
        using (writer.Block($"for (nuint row = 0; row < vectors * {plan.Stride}; row += {plan.Stride})"))
        {
            writer.Line("ref float xRow = ref Add(ref x, row);");
            VectorMoments.Write(writer, t, plan.Columns, plan.Epsilon);
            writer.Line($"{t.Vector} sums = {t.Zero}, dots = {t.Zero};");
            using (writer.Block($"for (nuint i = row; i < row + {plan.Padded}; i += {lanes})"))
            {
                writer.Line($"{t.Vector} g = {t.Load("dy", i)};");
                writer.Line("sums += g;");
                writer.Line($"dots = {t.MultiplyAdd("g", t.Load("standardized", i), "dots")};");
            }

            writer.Line();
            writer.Line($"sums = {t.Broadcast($"VectorMath.SumAcross(sums) * {share}")};");
            writer.Line($"dots = {t.Broadcast($"VectorMath.SumAcross(dots) * {share}")};");
            using (writer.Block($"for (nuint i = row; i < row + {plan.Padded}; i += {lanes})"))
            {
                string dx = $"({t.Load("dy", i)} - sums - {t.Load("standardized", i)} * dots) * scale";
                writer.Line(t.Store(dx, "dx", i));
            }

            VectorPadding.Clear(writer, t, "dx", Offset.Variable("row"), plan.Columns);
        }
    }
}
