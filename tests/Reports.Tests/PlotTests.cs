using System.Xml.Linq;
using Unroll.Reports.Charts;

namespace Unroll.Reports.Tests;

public sealed class PlotTests
{
    /// <summary>Networks that are one activation, to hold the drawn curve against what is compiled.</summary>
    public static TheoryData<Activation, Func<Model>> Compiled => new()
    {
        { Activation.Gelu, static () => new OfGelu(seed: 1) },
        { Activation.GeluTanh, static () => new OfGeluTanh(seed: 1) },
        { Activation.Selu, static () => new OfSelu(seed: 1) },
        { Activation.Elu, static () => new OfElu(seed: 1) },
        { Activation.LeakyRelu, static () => new OfLeakyRelu(seed: 1) },
        { Activation.Mish, static () => new OfMish(seed: 1) },
        { Activation.Softplus, static () => new OfSoftplus(seed: 1) },
        { Activation.HardSwish, static () => new OfHardSwish(seed: 1) },
        { Activation.Squareplus, static () => new OfSquareplus(seed: 1) },
        { Activation.SoftShrink, static () => new OfSoftShrink(seed: 1) },
        { Activation.LogSigmoid, static () => new OfLogSigmoid(seed: 1) },
        { Activation.TanhShrink, static () => new OfTanhShrink(seed: 1) },
    };

    [Theory]
    [MemberData(nameof(Compiled), DisableDiscoveryEnumeration = true)]
    public void AnActivationIsDrawnAsItIsCompiled(Activation activation, Func<Model> create)
    {
        float[] x = [.. Enumerable.Range(0, 121).Select(static i => (i - 60) / 10f)];
        float[] y = create().Predict(x);
        Func<double, double> f = ActivationFunctions.Of(activation);

        Assert.All(x.Zip(y), pair => Assert.Equal(f(pair.First), pair.Second, tolerance: 2e-6 * Math.Max(1, Math.Abs(pair.Second))));
    }

    [Fact]
    public void EveryActivationOfOneValueHasACurve()
    {
        using var folder = new TemporaryFolder();
        foreach (Activation activation in Enum.GetValues<Activation>().Except([Activation.Softmax, Activation.LogSoftmax]))
        {
            Plot.Activation(activation, folder["a.svg"]);
            XElement svg = XElement.Load(folder["a.svg"]);
            Assert.Equal("svg", svg.Name.LocalName);
            Assert.Contains(svg.Descendants(), node => node.Value == $"{activation}");
            Assert.DoesNotContain("var(", File.ReadAllText(folder["a.svg"]), StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => Plot.Activation(Activation.Softmax, folder["a.svg"]));
    }

    [Fact]
    public void ASweepHasItsCurve()
    {
        using var folder = new TemporaryFolder();
        var model = new Small(seed: 1);
        model.Compile(new SGD(), new SparseCategoricalCrossentropy());
        LearningRateSweep sweep = model.FindLearningRate(Samples.Clouds(90, 6), seed: 1);
        Plot.Sweep(sweep, folder["s.svg"]);

        Assert.Contains(XElement.Load(folder["s.svg"]).Descendants(), node => node.Value == sweep.ToString());
    }

    [Fact]
    public void CurvesLeaveOutWhatALogarithmCannotHold()
    {
        using var folder = new TemporaryFolder();
        Plot.Curves(folder["c.svg"], "Title", "layer", logarithmic: true, ("one", [1f, 0f, 100f, float.NaN, 1e-3f]));

        Assert.DoesNotContain("NaN", File.ReadAllText(folder["c.svg"]), StringComparison.Ordinal);
    }
}
