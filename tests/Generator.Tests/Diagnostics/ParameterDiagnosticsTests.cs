namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>Arguments of initializers and constraints.</summary>
public class ParameterDiagnosticsTests
{
    [Theory]
    [InlineData("KernelInitializer = Initializer.TruncatedNormal, ⟦KernelInitializerScale = -1f⟧", "KernelInitializerScale", "a finite number of at least 0", "-1")]
    [InlineData("KernelInitializer = Initializer.VarianceScaling, ⟦KernelInitializerScale = 0f⟧", "KernelInitializerScale", "a finite number above 0", "0")]
    [InlineData("KernelInitializer = Initializer.Orthogonal, ⟦KernelInitializerScale = float.NaN⟧", "KernelInitializerScale", "a finite number", "NaN")]
    [InlineData("BiasInitializer = Initializer.Constant, ⟦BiasInitializerValue = float.PositiveInfinity⟧", "BiasInitializerValue", "a finite number", "Infinity")]
    [InlineData("KernelConstraint = Constraint.MaxNorm, ⟦KernelConstraintMax = -2f⟧", "KernelConstraintMax", "a finite number of at least 0", "-2")]
    [InlineData("BiasConstraint = Constraint.MinMaxNorm, ⟦BiasConstraintRate = 1.5f⟧", "BiasConstraintRate", "in [0, 1]", "1.5")]
    [InlineData("KernelConstraint = Constraint.MinMaxNorm, ⟦KernelConstraintMin = 1.5f⟧", "KernelConstraintMin", "at most KernelConstraintMax, 1", "1.5")]
    public void NumberOutOfRange(string arguments, string argument, string range, string received) => Report.Is(
        "UNR0034", $"Layer dense1 (input 2): {argument} must be {range}, but is {received}", $"[Network(2)] [Dense(1, {arguments})] partial class Net;");

    [Theory]
    [InlineData("BatchNormalization(GammaConstraint = Constraint.MinMaxNorm, ⟦GammaConstraintRate = -1f⟧)", "batch_normalization1", "GammaConstraintRate", "in [0, 1]", "-1")]
    [InlineData("LayerNormalization(BetaConstraint = Constraint.MaxNorm, ⟦BetaConstraintMax = float.NaN⟧)", "layer_normalization1", "BetaConstraintMax", "a finite number of at least 0", "NaN")]
    [InlineData("PRelu(SlopeConstraint = Constraint.MinMaxNorm, ⟦SlopeConstraintMin = 2f⟧)", "prelu1", "SlopeConstraintMin", "at most SlopeConstraintMax, 1", "2")]
    public void NumberOfAnotherLayerOutOfRange(string layer, string name, string argument, string range, string received) => Report.Is(
        "UNR0034", $"Layer {name} (input 2): {argument} must be {range}, but is {received}", $"[Network(2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("⟦KernelInitializerScale = 1f⟧", "KernelInitializerScale", "KernelInitializer", "RandomNormal or RandomUniform or TruncatedNormal or Orthogonal or Identity or VarianceScaling", "GlorotUniform")]
    [InlineData("⟦BiasInitializerValue = 1f⟧", "BiasInitializerValue", "BiasInitializer", "Constant", "Zeros")]
    [InlineData("KernelInitializer = Initializer.HeNormal, ⟦KernelInitializerMode = FanMode.FanIn⟧", "KernelInitializerMode", "KernelInitializer", "VarianceScaling", "HeNormal")]
    [InlineData("⟦KernelConstraintMax = 1f⟧", "KernelConstraintMax", "KernelConstraint", "MaxNorm or MinMaxNorm", "None")]
    [InlineData("BiasConstraint = Constraint.MaxNorm, ⟦BiasConstraintMin = 1f⟧", "BiasConstraintMin", "BiasConstraint", "MinMaxNorm", "MaxNorm")]
    public void ArgumentWithoutEffect(string arguments, string argument, string property, string owners, string received) => Report.Is(
        "UNR0036",
        $"Layer dense1 (input 2): {argument} must be left out unless {property} is {owners}, but {property} is {received}",
        $"[Network(2)] [Dense(1, {arguments})] partial class Net;");

    [Theory]
    [InlineData("Dense(1, ⟦BiasInitializer = Initializer.Orthogonal⟧)", "dense1", "BiasInitializer", "Orthogonal")]
    [InlineData("PRelu(⟦SlopeInitializer = Initializer.Identity⟧)", "prelu1", "SlopeInitializer", "Identity")]
    [InlineData("LayerNormalization(⟦GammaInitializer = Initializer.Orthogonal⟧)", "layer_normalization1", "GammaInitializer", "Orthogonal")]
    public void InitializerNeedsMatrix(string layer, string name, string argument, string received) => Report.Is(
        "UNR0046",
        $"Layer {name} (input 2): {argument} must be an initializer of single values, but is {received}, which fills kernels only",
        $"[Network(2)] [{layer}] partial class Net;");

    [Theory]
    [InlineData("⟦KernelConstraint = (Constraint)9⟧", "KernelConstraint", "Constraint", "9")]
    [InlineData(
        "KernelInitializer = Initializer.VarianceScaling, ⟦KernelInitializerDistribution = (InitializerDistribution)3⟧",
        "KernelInitializerDistribution", "InitializerDistribution", "3")]
    public void UnknownEnumValue(string arguments, string argument, string type, string received) => Report.Is(
        "UNR0018",
        $"Layer dense1 (input 2): {argument} must be a member of {type}, but is {received}",
        $"[Network(2)] [Dense(1, {arguments})] partial class Net;");
}
