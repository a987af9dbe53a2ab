using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>Constraints and arguments of initializers reach the parameters of compiled networks.</summary>
public sealed class ConstraintTests
{
    private static readonly NetworkLibrary s_library = new("""
        [Network(5)]
        [Dense(20, KernelConstraint = Constraint.UnitNorm, BiasConstraint = Constraint.NonNeg, BiasInitializer = Initializer.Constant, BiasInitializerValue = 0.5f)]
        [Dense(3, KernelInitializer = Initializer.Constant, KernelInitializerValue = -1, KernelConstraint = Constraint.MaxNorm, KernelConstraintMax = 0.5f)]
        public sealed partial class Constrained;

        [Network(2, 5)]
        [BatchNormalization(GammaConstraint = Constraint.UnitNorm, BetaInitializer = Initializer.Ones, BetaConstraint = Constraint.MaxNorm, BetaConstraintMax = 0.25f)]
        [PRelu(SlopeInitializer = Initializer.Constant, SlopeInitializerValue = 0.5f, SlopeConstraint = Constraint.UnitNorm)]
        [LayerNormalization(GammaConstraint = Constraint.NonNeg, GammaInitializer = Initializer.Constant, GammaInitializerValue = 0.01f, BetaConstraint = Constraint.UnitNorm)]
        public sealed partial class Normalized;

        [Network(5)]
        [Dense(5, KernelInitializer = Initializer.Identity, KernelInitializerScale = 2f, UseBias = false)]
        public sealed partial class Doubling;
        """);

    [Fact]
    public void HoldAfterEveryUpdate()
    {
        Model model = s_library.Create("Constrained", Machines.Widest);
        Assert.All(model.Parameters[1].ToArray(), static value => Assert.Equal(0.5f, value));
        Assert.All(model.Parameters[2].ToArray(), static value => Assert.Equal(-1f, value));

        model.Compile(new SGD(0.1f), new MeanSquaredError());
        model.Fit(new Dataset(RandomValues.Uniform(40 * 5, seed: 1), RandomValues.Uniform(40 * 3, seed: 2), 40), batchSize: 8);

        Assert.All(Norms(model.Parameters[0], 20), static norm => Assert.Equal(1, norm, 1e-5));
        Assert.All(model.Parameters[1].ToArray(), static value => Assert.InRange(value, 0f, float.MaxValue));
        Assert.All(Norms(model.Parameters[2], 3), static norm => Assert.InRange(norm, 0, 0.500001));
    }

    [Fact]
    public void HoldForTheOtherLayersParameters()
    {
        Model model = s_library.Create("Normalized", Machines.Widest);
        Assert.All(Values(model, "batch_normalization1/beta"), static value => Assert.Equal(1f, value));
        Assert.All(Values(model, "layer_normalization1/gamma"), static value => Assert.Equal(0.01f, value));

        model.Compile(new SGD(0.5f), new MeanSquaredError());
        model.Fit(new Dataset(RandomValues.Uniform(40 * 10, seed: 1), RandomValues.Uniform(40 * 10, seed: 2), 40), batchSize: 8);

        Assert.Equal(1, Norm(Values(model, "batch_normalization1/gamma")), 1e-5);
        Assert.InRange(Norm(Values(model, "batch_normalization1/beta")), 0, 0.250001);
        Assert.All(Norms(model.Parameters.Single(static parameter => parameter.Name == "prelu1/alpha"), 5), static norm => Assert.Equal(1, norm, 1e-5));
        Assert.All(Values(model, "layer_normalization1/gamma"), static value => Assert.InRange(value, 0f, float.MaxValue));
        Assert.Equal(1, Norm(Values(model, "layer_normalization1/beta")), 1e-5);
    }

    [Fact]
    public void ArgumentsReachTheInitializer()
    {
        float[] inputs = RandomValues.Uniform(15, seed: 1);
        Assert.Equal(inputs.Select(static value => 2f * value), s_library.Create("Doubling", Machines.Widest).Predict(inputs));
    }

    private static float[] Values(Model model, string name) => model.Parameters.Single(parameter => parameter.Name == name).ToArray();

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(static value => (double)value * value));

    private static IEnumerable<double> Norms(Parameter kernel, int units)
    {
        float[] values = kernel.ToArray();
        return Enumerable.Range(0, units).Select(unit =>
            Math.Sqrt(Enumerable.Range(0, values.Length / units).Sum(row => Math.Pow(values[(row * units) + unit], 2))));
    }
}
