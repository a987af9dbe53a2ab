using Unroll.Numerics.Tests.Harness;
using Unroll.Tests;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>The reference itself: its gradients against central differences of its loss, its functions against known values.</summary>
public sealed class OracleTests
{
    // How many values of a parameter are moved; each costs two passes of plain loops.
    private static readonly int s_values = SlowTests.AreAskedFor ? 7 : 3;

    [Fact]
    public void DerivativesAreThoseOfTheFunctions()
    {
        const double Step = 1e-5;
        foreach (Activation activation in Functions.Elementwise)
        {
            foreach (double x in new[] { -7.3, -2.9, -1.1, -0.3, 0.2, 0.9, 2.4, 3.1, 6.5 })
            {
                double slope = (Functions.Value(activation, x + Step) - Functions.Value(activation, x - Step)) / (2 * Step);
                Assert.True(Math.Abs(slope - Functions.Derivative(activation, x)) < 1e-8 * Math.Max(1, Math.Abs(slope)), $"{activation} at {x}");
            }
        }
    }

    [Theory]
    [InlineData(Activation.Gelu, 1.0, 0.84134474606854293)]
    [InlineData(Activation.Gelu, -3.0, -0.0040496940948902931)]
    [InlineData(Activation.GeluTanh, 1.0, 0.84119199060827676)]
    [InlineData(Activation.Mish, 1.0, 0.86509838826731038)]
    [InlineData(Activation.Selu, -1.0, -1.1113307378125625)]
    [InlineData(Activation.Softplus, 1.0, 1.3132616875182228)]
    public void FunctionsHaveKnownValues(Activation activation, double x, double y) =>
        Assert.Equal(y, Functions.Value(activation, x), tolerance: 1e-12);

    [Fact]
    public void GradientsAreThoseOfTheLoss() => AssertGradients(WholeNetworks.All, WholeNetworks.Library);

    [Fact]
    public void GradientsOfNormalizationsAreThoseOfTheLoss() => AssertGradients(NormalizationNetworks.All, NormalizationNetworks.Library);

    [Fact]
    public void GradientsOfOtherLayersAreThoseOfTheLoss() => AssertGradients(LayerNetworks.All, LayerNetworks.Library);

    private static void AssertGradients(NetworkCase[] networks, NetworkLibrary library)
    {
        foreach (NetworkCase network in networks)
        {
            Model model = library.Create(network.Blueprint.Name, Machines.Widest);
            RandomValues.AssignTo(model, seed: 3);
            var reference = new ReferenceNetwork(network.Blueprint, model, noise: 77);
            Dataset batch = network.Batch(3);
            AssertGradients(reference, batch.Features.ToArray(), batch.Targets.ToArray(), network.Loss, network.Blueprint.Name);
        }
    }

    private static void AssertGradients(ReferenceNetwork reference, float[] inputs, float[] targets, ReferenceLoss loss, string name)
    {
        // Small enough to stay on one side of a kink, large enough against the rounding of the loss.
        const double Step = 1e-6;
        reference.Backpropagate(inputs, targets, loss);
        foreach (ReferenceParameter parameter in reference.Parameters)
        {
            double[] gradient = [.. parameter.Gradient];
            double scale = gradient.Max(Math.Abs);
            for (int i = 0; i < gradient.Length; i += Math.Max(1, gradient.Length / s_values))
            {
                double value = parameter.Values[i];
                parameter.Values[i] = value + Step;
                double above = reference.Loss(inputs, targets, loss);
                parameter.Values[i] = value - Step;
                double below = reference.Loss(inputs, targets, loss);
                parameter.Values[i] = value;
                double slope = (above - below) / (2 * Step);
                Assert.True(
                    Math.Abs(slope - gradient[i]) <= 1e-7 * Math.Max(scale, 1),
                    FormattableString.Invariant($"{name}, {parameter.Name}[{i}]: {slope:G9} by differences, {gradient[i]:G9} by rules"));
            }
        }
    }
}
