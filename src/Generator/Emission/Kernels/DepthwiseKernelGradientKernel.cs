using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>dw = steps(Σ x at each tap · dy), each channel by itself: the sums of some taps stay in registers while all pixels pass.</summary>
internal sealed class DepthwiseKernelGradientKernel(DepthwiseKernelGradientPlan plan) : KernelEmitter
{
    private readonly StepChain _steps = new(plan.Steps);
    private readonly WindowGeometry _g = plan.Geometry;
    private readonly int _padded = PanelLayout.Pad(plan.Geometry.X.Channels);

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("dy"),
        KernelParameter.Reference("x"),
        .. StepOperands.References(plan.Steps),
        KernelParameter.Reference("dw"),
        KernelParameter.Count("samples"),
        .. Fold.Parameters(plan.Steps),
        KernelParameter.Count("part"),
    ];

    public override string Formula =>
        $"dw = {StepText.Of("Σ x·dy", plan.Steps)}, {WindowText.Of(_g)}, each channel by itself, {PanelLayout.Width} channels a part";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        using (writer.Block($"for (nuint u = part * {PanelLayout.Width}; u < (part + 1) * {PanelLayout.Width}; u += {t.Machine.Lanes})"))
        {
            if (!plan.LoopsOverRows)
            {
                WriteGroups(writer, t, _g.Taps, 0, 0);
                return;
            }

            Offset ky = Offset.Variable("ky");
            using (writer.Block($"for (nuint ky = 0; ky < {_g.Window.Rows.Size}; ky++)"))
            {
                if (!plan.LoopsOverTaps)
                {
                    WriteGroups(writer, t, _g.Window.Columns.Size, ky * _g.TapRowStep, ky * (_g.Window.Columns.Size * _padded));
                    return;
                }

                using (writer.Block($"for (nuint kx = 0; kx < {_g.Window.Columns.Size}; kx++)"))
                {
                    Offset kx = Offset.Variable("kx");
                    WriteGroups(
                        writer, t, 1, (ky * _g.TapRowStep) + (kx * _g.RunStep), (ky * (_g.Window.Columns.Size * _padded)) + (kx * _padded));
                }
            }
        }
    }

    // The sums of some taps at a time, from a tap on that stands at an offset of x and of dw.
    private void WriteGroups(CodeWriter writer, SimdTarget t, int all, Offset source, Offset target)
    {
        for (int first = 0; first < all; first += DepthwiseKernelGradientPlan.TapsAtOnce)
        {
            using (writer.Braces())
            {
                WriteTaps(writer, t, first, Math.Min(DepthwiseKernelGradientPlan.TapsAtOnce, all - first), source, target);
            }
        }
    }

    private void WriteTaps(CodeWriter writer, SimdTarget t, int first, int taps, Offset source, Offset target)
    {
        writer.Declare(t.Vector, Enumerable.Range(0, taps).Select(tap => $"s{tap} = {t.Zero}"));
        Offset PlaceOf(int i) => Offset.Variable("u") + target + ((first + i) * _padded);
        using (writer.Block($"if ({Fold.GoesOn})"))
        {
            writer.Wrapped(Enumerable.Range(0, taps).Select(i => $"s{i} = {t.Load("dw", PlaceOf(i))};"));
        }

        writer.Line();
        using (writer.Block("for (nuint sample = 0; sample < samples; sample++)"))
        {
            writer.Line(Reference.Declare("xSample", "x", SampleOf(_g.XSample) + source));
            writer.Line(Reference.Declare("slope", "dy", SampleOf(_g.YSample)));
            using (writer.Block($"for (nuint row = 0; row < {_g.Y.Rows}; row++)"))
            {
                writer.Line($"ref float window = ref Add(ref xSample, row * {_g.LineStep});");
                using (writer.Block($"for (nuint pixel = 0; pixel < {_g.Y.Columns}; pixel++)"))
                {
                    writer.Line($"{t.Vector} a = {t.Load("slope")};");
                    for (int i = 0; i < taps; i++)
                    {
                        int tap = first + i;
                        int offset = (tap / _g.Window.Columns.Size * _g.TapRowStep) + (tap % _g.Window.Columns.Size * _g.RunStep);
                        writer.Line($"s{i} = {t.MultiplyAdd(t.Load("window", offset), "a", $"s{i}")};");
                    }

                    writer.Line($"window = ref Add(ref window, {_g.PixelStep});");
                    writer.Line($"slope = ref Add(ref slope, {_g.YStride});");
                }
            }
        }

        writer.Line();
        Fold.WriteEnd(
            writer,
            plan.Steps,
            () =>
            {
                for (int i = 0; i < taps; i++)
                {
                    Offset at = PlaceOf(i);
                    var place = new StepPlace((operand, _) => t.Load(operand, Offset.Variable("u")), operand => t.Load(operand, at), operand => t.Load(operand, at));
                    writer.Line(t.Store(_steps.Write(writer, t, $"s{i}", place), "dw", at));
                }
            },
            () => writer.Wrapped(Enumerable.Range(0, taps).Select(i => t.Store($"s{i}", "dw", PlaceOf(i)))));
    }

    private static Offset SampleOf(int floats) => (Offset.Variable("sample") * floats) + Offset.Variable("u");
}
