using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Tests.Frontend;

/// <summary>Each kind of layer attribute → its spec: arguments, defaults, default name.</summary>
public class LayerReaderTests
{
    [Fact]
    public void BatchNormalization()
    {
        AssertReads("[BatchNormalization]", new BatchNormalizationLayer(0, "batch_normalization1", 0.99f, 1e-3f, Center: true, Scale: true));
        AssertReads(
            "[BatchNormalization(Momentum = 0f, Epsilon = 1e-5f, Center = false, Scale = false, Name = \"bn\")]",
            new BatchNormalizationLayer(0, "bn", 0f, 1e-5f, Center: false, Scale: false));
    }

    [Fact]
    public void LayerNormalization()
    {
        AssertReads("[LayerNormalization]", new LayerNormalizationLayer(0, "layer_normalization1", 1e-3f, Center: true, Scale: true));
        AssertReads(
            "[LayerNormalization(Epsilon = 1e-5f, Center = false, Scale = false)]",
            new LayerNormalizationLayer(0, "layer_normalization1", 1e-5f, Center: false, Scale: false));
    }

    [Fact]
    public void Normalization() => AssertReads("[Normalization]", new NormalizationLayer(0, "normalization1"));

    [Fact]
    public void Rescaling()
    {
        AssertReads("[Rescaling(0.5f)]", new RescalingLayer(0, "rescaling1", 0.5f, 0f));
        AssertReads("[Rescaling(1f / 127.5f, -1f)]", new RescalingLayer(0, "rescaling1", 1f / 127.5f, -1f));
        AssertReads("[Rescaling(offset: 2, scale: 0)]", new RescalingLayer(0, "rescaling1", 0f, 2f));
    }

    [Fact]
    public void Noise()
    {
        AssertReads("[GaussianNoise(1f)]", new GaussianNoiseLayer(0, "gaussian_noise1", 1f));
        AssertReads("[GaussianDropout(0.25f)]", new GaussianDropoutLayer(0, "gaussian_dropout1", 0.25f));
        AssertReads("[AlphaDropout(0.25f)]", new AlphaDropoutLayer(0, "alpha_dropout1", 0.25f));
    }

    [Fact]
    public void ActivityRegularization()
    {
        AssertReads("[ActivityRegularization]", new ActivityRegularizationLayer(0, "activity_regularization1", Penalty.None));
        AssertReads(
            "[ActivityRegularization(L1 = 0.5f, L2 = 0.25f)]",
            new ActivityRegularizationLayer(0, "activity_regularization1", new Penalty(0.5f, 0.25f)));
    }

    [Theory]
    [InlineData("[Reshape(2, 2)]", new[] { 2, 2 })]
    [InlineData("[Reshape(4)]", new[] { 4 })]
    [InlineData("[Reshape(new[] { 1, -1 })]", new[] { 1, -1 })]
    [InlineData("[Reshape(shape: new int[] { -1 })]", new[] { -1 })]
    public void Reshape(string attribute, int[] sizes) => AssertReads(attribute, new ReshapeLayer(0, "reshape1", sizes.ToEquatableArray()));

    [Fact]
    public void Permute() => AssertReads("[Permute(1)]", new PermuteLayer(0, "permute1", EquatableArray.Of(1)));

    [Fact]
    public void ZeroPadding1D() => AssertReads("[ZeroPadding1D(right: 2, left: 0)]", Zeros("zero_padding1d1", 0, 2), input: "4, 2");

    [Fact]
    public void NamedZeroPadding1D() => AssertReads("[ZeroPadding1D(3, Name = \"front\")]", Zeros("front", 3, 1), input: "4, 2");

    [Fact]
    public void RepeatVector() => AssertReads("[RepeatVector(3)]", new RepeatVectorLayer(0, "repeat_vector1", 3));

    [Fact]
    public void PRelu()
    {
        AssertReads("[PRelu]", new PReluLayer(0, "prelu1", Model.Initializer.Zeros));
        AssertReads(
            "[PRelu(SlopeInitializer = Initializer.Ones, SlopeL1 = 1f, SlopeL2 = 2f)]",
            new PReluLayer(0, "prelu1", new WeightSpec(Model.Initializer.Ones, new Penalty(1f, 2f), ConstraintSpec.None)));
        AssertReads(
            "[PRelu(SlopeInitializer = Initializer.Constant, SlopeInitializerValue = 0.25f)]",
            new PReluLayer(0, "prelu1", new InitializerSpec(Model.Initializer.Constant, 1f, 0.25f)));
    }

    [Fact]
    public void ConstraintsOfPRelu() => AssertReads(
        "[PRelu(SlopeConstraint = Constraint.MinMaxNorm, SlopeConstraintMin = 0.5f, SlopeConstraintMax = 2f, SlopeConstraintRate = 0f)]",
        new PReluLayer(0, "prelu1", new WeightSpec(
            Model.Initializer.Zeros, Penalty.None, new ConstraintSpec(Model.Constraint.MinMaxNorm, 0.5f, 2f, 0f))));

    [Theory]
    [InlineData("KernelInitializer = Initializer.RandomNormal", Initializer.RandomNormal, 0.05f)]
    [InlineData("KernelInitializer = Initializer.TruncatedNormal", Initializer.TruncatedNormal, 0.05f)]
    [InlineData("KernelInitializer = Initializer.RandomUniform, KernelInitializerScale = 0.5f", Initializer.RandomUniform, 0.5f)]
    [InlineData("KernelInitializer = Initializer.Orthogonal", Initializer.Orthogonal, 1f)]
    [InlineData("KernelInitializer = Initializer.Identity, KernelInitializerScale = -2f", Initializer.Identity, -2f)]
    [InlineData("KernelInitializer = Initializer.Constant, KernelInitializerValue = 3", Initializer.Constant, 1f, 3f)]
    [InlineData("KernelInitializer = Initializer.VarianceScaling", Initializer.VarianceScaling, 1f)]
    [InlineData(
        "KernelInitializer = Initializer.VarianceScaling, KernelInitializerScale = 2f, KernelInitializerMode = FanMode.FanAvg, KernelInitializerDistribution = InitializerDistribution.Uniform",
        Initializer.VarianceScaling, 2f, 0f, FanMode.FanAvg, InitializerDistribution.Uniform)]
    public void Initializers(
        string arguments,
        Initializer kind,
        float scale,
        float value = 0f,
        FanMode mode = FanMode.FanIn,
        InitializerDistribution distribution = InitializerDistribution.TruncatedNormal)
    {
        var expected = new InitializerSpec(
            (Model.Initializer)kind, scale, value, (Model.FanMode)mode, (Model.InitializerDistribution)distribution);

        Assert.Equal(expected, Assert.IsType<DenseLayer>(Assert.Single(ParsedModel.Layers($"[Dense(1, {arguments})]"))).Kernel.Initializer);
    }

    [Fact]
    public void BiasInitializer() => Assert.Equal(
        new InitializerSpec(Model.Initializer.TruncatedNormal, 0.5f),
        ((DenseLayer)ParsedModel.Layers("[Dense(1, BiasInitializer = Initializer.TruncatedNormal, BiasInitializerScale = 0.5f)]")[0]).Bias.Initializer);

    [Theory]
    [InlineData("KernelConstraint = Constraint.None", Constraint.None, 0f, 0f, 0f)]
    [InlineData("KernelConstraint = Constraint.NonNeg", Constraint.NonNeg, 0f, 0f, 0f)]
    [InlineData("KernelConstraint = Constraint.UnitNorm", Constraint.UnitNorm, 0f, 0f, 0f)]
    [InlineData("KernelConstraint = Constraint.MaxNorm", Constraint.MaxNorm, 0f, 2f, 0f)]
    [InlineData("KernelConstraint = Constraint.MaxNorm, KernelConstraintMax = 3f", Constraint.MaxNorm, 0f, 3f, 0f)]
    [InlineData("KernelConstraint = Constraint.MinMaxNorm", Constraint.MinMaxNorm, 0f, 1f, 1f)]
    [InlineData(
        "KernelConstraint = Constraint.MinMaxNorm, KernelConstraintMin = 0.5f, KernelConstraintMax = 0.5f, KernelConstraintRate = 0f",
        Constraint.MinMaxNorm, 0.5f, 0.5f, 0f)]
    public void Constraints(string arguments, Constraint kind, float min, float max, float rate)
    {
        var expected = new ConstraintSpec((Model.Constraint)kind, min, max, rate);
        var kernel = (DenseLayer)ParsedModel.Layers($"[Dense(1, {arguments})]")[0];
        var bias = (DenseLayer)ParsedModel.Layers($"[Dense(1, {arguments.Replace("Kernel", "Bias", StringComparison.Ordinal)})]")[0];

        Assert.Equal((expected, ConstraintSpec.None), (kernel.Kernel.Constraint, kernel.Bias.Constraint));
        Assert.Equal((ConstraintSpec.None, expected), (bias.Kernel.Constraint, bias.Bias.Constraint));
    }

    [Theory]
    [InlineData("BatchNormalization")]
    [InlineData("LayerNormalization")]
    public void GammaAndBetaHaveAllThatAKernelHas(string layer)
    {
        var spec = (ScaleAndCenterLayer)ParsedModel.Layers(
            $"[{layer}(GammaInitializer = Initializer.Constant, GammaInitializerValue = 2f, GammaL1 = 1f, GammaL2 = 2f, GammaConstraint = Constraint.MaxNorm, "
            + "GammaConstraintMax = 3f, BetaInitializer = Initializer.RandomNormal, BetaInitializerScale = 0.5f, BetaL2 = 4f, BetaConstraint = Constraint.MinMaxNorm, "
            + "BetaConstraintMin = 0.5f, BetaConstraintRate = 0.25f)]")[0];

        Assert.Equal(
            new WeightSpec(
                new InitializerSpec(Model.Initializer.Constant, 1f, 2f), new Penalty(1f, 2f), new ConstraintSpec(Model.Constraint.MaxNorm, Max: 3f)),
            spec.Gamma);
        Assert.Equal(
            new WeightSpec(
                new InitializerSpec(Model.Initializer.RandomNormal, 0.5f),
                new Penalty(0f, 4f),
                new ConstraintSpec(Model.Constraint.MinMaxNorm, 0.5f, 1f, 0.25f)),
            spec.Beta);
    }

    [Theory]
    [InlineData("[LeakyRelu]", "leaky_relu1", Activation.LeakyRelu, 0.3f)]
    [InlineData("[LeakyRelu(0.1f)]", "leaky_relu1", Activation.LeakyRelu, 0.1f)]
    [InlineData("[ThresholdedRelu]", "thresholded_relu1", Activation.ThresholdedRelu, 1f)]
    [InlineData("[ThresholdedRelu(theta: 0)]", "thresholded_relu1", Activation.ThresholdedRelu, 0f)]
    [InlineData("[Activate(Activation.Elu, Alpha = 0.5f)]", "activate1", Activation.Elu, 0.5f)]
    [InlineData("[Activate(Activation.Elu, Alpha = 0)]", "activate1", Activation.Elu, 0f)]
    [InlineData("[Activate(Activation.Celu, Alpha = 2f)]", "activate1", Activation.Celu, 2f)]
    [InlineData("[Activate(Activation.LeakyRelu, NegativeSlope = 0.01f)]", "activate1", Activation.LeakyRelu, 0.01f)]
    [InlineData("[Activate(Activation.SoftShrink, Lambda = 1)]", "activate1", Activation.SoftShrink, 1f)]
    [InlineData("[Activate(Activation.HardShrink, Lambda = 1)]", "activate1", Activation.HardShrink, 1f)]
    [InlineData("[Activate(Activation.ThresholdedRelu, Theta = 2)]", "activate1", Activation.ThresholdedRelu, 2f)]
    [InlineData("[Activate(Activation.Squareplus, B = 1)]", "activate1", Activation.Squareplus, 1f)]
    [InlineData("[Activate(Activation.Elu)]", "activate1", Activation.Elu, null)]
    [InlineData("[Activate(Activation.Mish)]", "activate1", Activation.Mish, null)]
    public void Activations(string attribute, string name, Activation activation, float? coefficient) =>
        AssertReads(attribute, new ActivateLayer(0, name, (Model.Activation)activation, coefficient));

    [Fact]
    public void DefaultNamesAreInSnakeCase() => Assert.All(
        LayerCatalog.All, static kind => Assert.Matches("^[a-z]+([0-9]d)?(_[a-z0-9]*[a-z])*$", kind.Prefix));

    [Fact]
    public void KindsAreDistinct() => Assert.Equal(
        LayerCatalog.All.Count, LayerCatalog.All.Select(static kind => kind.Prefix).Distinct().Count());

    private static MarginsLayer Zeros(string name, int left, int right) => new(0, name, 1, EquatableArray.Of(left), EquatableArray.Of(right));

    private static void AssertReads(string attribute, Layer expected, string input = "4") =>
        Assert.Equal<Layer>([expected], ParsedModel.Layers(attribute, input));
}
