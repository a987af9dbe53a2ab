using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>The greatest value or the mean of each channel over all pixels.</summary>
internal sealed class GlobalPoolKernel(GlobalPoolPlan plan) : KernelEmitter
{
    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.Reference("x"), KernelParameter.Reference("y"), KernelParameter.Count("samples")];

    /// <summary>The channels of a sample among as many floats each.</summary>
    public static Offset PixelOf(int floats) => (Offset.Variable("sample") * floats) + Offset.Variable("u");

    public override string Formula => $"y = {(plan.Pooling == Pooling.Max ? "max" : "mean")}(x), {plan.Pixels} pixels × {plan.Channels}";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        bool isMax = plan.Pooling == Pooling.Max;
        using (writer.Block("for (nuint sample = 0; sample < samples; sample++)"))
        using (writer.Block($"for (nuint u = 0; u < {PanelLayout.Pad(plan.Channels)}; u += {t.Machine.Lanes})"))
        {
            writer.Line(Reference.Declare("pixel", "x", PixelOf(plan.Pixels * plan.XStride)));
            writer.Line($"{t.Vector} value = {(isMax ? t.Load("pixel") : t.Zero)};");
            using (writer.Block($"for (nuint left = {plan.Pixels}; left != 0; left--)"))
            {
                writer.Line(isMax ? $"value = {t.Max("value", t.Load("pixel"))};" : $"value += {t.Load("pixel")};");
                writer.Line(Reference.Advance("pixel", plan.XStride));
            }

            writer.Line();
            string result = isMax ? "value" : $"value * {t.Constant(1f / plan.Pixels)}";
            writer.Line(t.Store(result, "y", PixelOf(plan.YStride)));
        }
    }
}

/// <summary>The gradient of <see cref="GlobalPoolKernel"/>: in equal shares, to all pixels or to those with the greatest value.</summary>
internal sealed class GlobalPoolGradientKernel(GlobalPoolGradientPlan plan) : KernelEmitter
{
    public override IReadOnlyList<KernelParameter> Parameters => plan.Pooling == Pooling.Max
        ? [.. new[] { "dy", "x", "y", "dx" }.Select(KernelParameter.Reference), KernelParameter.Count("samples")]
        : [.. new[] { "dy", "dx" }.Select(KernelParameter.Reference), KernelParameter.Count("samples")];

    public override string Formula => plan.Pooling == Pooling.Max
        ? $"dx = dy/equals where x is y, {plan.Pixels} pixels × {plan.Channels}"
        : $"dx = dy/{plan.Pixels}, {plan.Pixels} pixels × {plan.Channels}";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        using (writer.Block("for (nuint sample = 0; sample < samples; sample++)"))
        using (writer.Block($"for (nuint u = 0; u < {PanelLayout.Pad(plan.Channels)}; u += {t.Machine.Lanes})"))
        {
            writer.Line($"nuint start = sample * {plan.Pixels * plan.XStride} + u;");
            writer.Line($"{t.Vector} share = {t.Load("dy", GlobalPoolKernel.PixelOf(plan.YStride))}{(plan.Pooling == Pooling.Max ? "" : $" * {t.Constant(1f / plan.Pixels)}")};");
            if (plan.Pooling == Pooling.Average)
            {
                WritePixels(writer, "i", at => t.Store("share", "dx", at));
                return;
            }

            writer.Line($"{t.Vector} greatest = {t.Load("y", GlobalPoolKernel.PixelOf(plan.YStride))};");
            writer.Line($"{t.Vector} equals = {t.Zero};");
            string Equal(Offset at) => t.Equal(t.Load("x", at), "greatest");
            WritePixels(writer, "i", at => $"equals += {t.Select(Equal(at), t.Constant(1f), t.Zero)};");
            writer.Line("share /= equals;");
            WritePixels(writer, "j", at => t.Store(t.Select(Equal(at), "share", t.Zero), "dx", at));
        }
    }

    private void WritePixels(CodeWriter writer, string index, Func<Offset, string> statement)
    {
        using (writer.Block($"for (nuint {index} = 0; {index} < {plan.Pixels * plan.XStride}; {index} += {plan.XStride})"))
        {
            writer.Line(statement(Offset.Variable("start") + Offset.Variable(index)));
        }
    }
}
