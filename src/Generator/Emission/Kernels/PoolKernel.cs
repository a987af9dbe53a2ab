using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>The greatest value or the mean of each channel under a window.</summary>
internal sealed class PoolKernel(PoolPlan plan) : KernelEmitter
{
    private readonly WindowGeometry _g = plan.Geometry;

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.Reference("x"), KernelParameter.Reference("y"), KernelParameter.Count("samples")];

    public override string Formula => $"y = {(plan.Pooling == Pooling.Max ? "max" : "mean")}(x), {WindowText.Of(_g)}";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        var loop = new WindowLoop(writer, _g);
        loop.Positions(["y"], ["x"], () =>
        {
            if (plan.Pooling == Pooling.Average)
            {
                writer.Line($"{t.Vector} share = {(loop.IsClipped ? t.Broadcast($"1f / {loop.Count}") : t.Constant(1f / _g.Taps))};");
            }

            var channels = new MaskedColumns(t, _g.X.Channels);
            using (writer.Block($"for (nint u = 0; u < {channels.Used * t.Machine.Lanes}; u += {t.Machine.Lanes})"))
            {
                WriteChannels(writer, t, loop);
            }

            channels.ClearPadding(writer, "yPixel");
        });
    }

    /// <summary>The load of a tap, which may stand before the reference.</summary>
    public static string Tap(SimdTarget t, string reference, Offset offset) => t.Load(Reference.At(reference, offset));

    private void WriteChannels(CodeWriter writer, SimdTarget t, WindowLoop loop)
    {
        bool isMax = plan.Pooling == Pooling.Max;
        writer.Line("ref float channels = ref Add(ref xWindow, u);");
        bool isFirst = true;
        if (!loop.IsStraight)
        {
            writer.Line($"{t.Vector} value = {(isMax ? t.Broadcast("float.NegativeInfinity") : t.Zero)};");
        }

        loop.Taps(offset =>
        {
            string tap = Tap(t, "channels", offset);
            string next = isMax ? t.Max("value", tap) : $"value + {tap}";
            writer.Line(loop.IsStraight && isFirst ? $"{t.Vector} value = {tap};" : $"value = {next};");
            isFirst = false;
        });
        writer.Line(t.Store(isMax ? "value" : "value * share", "yPixel", Offset.Variable("(nuint)u")));
    }
}

/// <summary>The gradient of <see cref="PoolKernel"/>: of the greatest value to the first of its equals, of the mean in equal shares.</summary>
internal sealed class PoolGradientKernel(PoolGradientPlan plan) : KernelEmitter
{
    private readonly WindowGeometry _g = plan.Geometry;

    public override IReadOnlyList<KernelParameter> Parameters => plan.Pooling == Pooling.Max
        ? [.. new[] { "dy", "x", "y", "dx" }.Select(KernelParameter.Reference), KernelParameter.Count("samples")]
        : [.. new[] { "dy", "dx" }.Select(KernelParameter.Reference), KernelParameter.Count("samples")];

    public override string Formula => plan.Pooling == Pooling.Max
        ? $"dx = dy at the first x equal to y, {WindowText.Of(_g)}"
        : $"dx = dy/taps, {WindowText.Of(_g)}";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        bool isMax = plan.Pooling == Pooling.Max;
        if (!plan.IsExact)
        {
            using (writer.Block($"for (nuint i = 0; i < samples * {_g.XSample}; i += {t.Machine.Lanes})"))
            {
                writer.Line(t.Store(t.Zero, "dx", Offset.Variable("i")));
            }

            writer.Line();
        }

        var loop = new WindowLoop(writer, _g);
        loop.Positions(isMax ? ["dy", "y"] : ["dy"], isMax ? ["x", "dx"] : ["dx"], () =>
        {
            if (!isMax)
            {
                writer.Line($"{t.Vector} share = {(loop.IsClipped ? t.Broadcast($"1f / {loop.Count}") : t.Constant(1f / _g.Taps))};");
            }

            var channels = new MaskedColumns(t, _g.X.Channels);
            using (writer.Block($"for (nint u = 0; u < {channels.Used * t.Machine.Lanes}; u += {t.Machine.Lanes})"))
            {
                WriteChannels(writer, t, loop, isMax);
            }

            for (int v = channels.Used; v < channels.Total && plan.IsExact; v++)
            {
                loop.Taps(offset => writer.Line(t.Store(t.Zero, Reference.At("dxWindow", offset + (v * t.Machine.Lanes)))));
            }
        });
    }

    private void WriteChannels(CodeWriter writer, SimdTarget t, WindowLoop loop, bool isMax)
    {
        string slope = t.Load("dyPixel", Offset.Variable("(nuint)u"));
        writer.Line("ref float target = ref Add(ref dxWindow, u);");
        if (isMax)
        {
            writer.Line("ref float channels = ref Add(ref xWindow, u);");
            writer.Line($"{t.Vector} greatest = {t.Load("yPixel", Offset.Variable("(nuint)u"))};");
            writer.Line($"{t.Vector} slope = {slope};");
        }
        else
        {
            writer.Line($"{t.Vector} slope = {slope} * share;");
        }

        loop.Taps(offset =>
        {
            string value = "slope";
            if (isMax)
            {
                value = loop.IsStraight ? $"given{offset.Constant}" : "given";
                writer.Line($"{t.Vector} {value} = {t.Select(t.Equal(PoolKernel.Tap(t, "channels", offset), "greatest"), "slope", t.Zero)};");
                writer.Line($"slope -= {value};");
            }

            writer.Line(t.Store(plan.IsDisjoint ? value : $"{PoolKernel.Tap(t, "target", offset)} + {value}", Reference.At("target", offset)));
        });
    }
}
