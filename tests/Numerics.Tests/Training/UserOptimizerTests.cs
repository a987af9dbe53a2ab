using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests.Training;

/// <summary>A rule of the user's may write anything into what it is given, the padding between the parameters included.</summary>
public sealed class UserOptimizerTests
{
    private static readonly Blueprint s_blueprint = new(
        "Padded", [5], new DenseSketch(17, Activation.Exponential, true, 0.01f, 0.02f, 0.03f, 0.04f), new DenseSketch(3, KernelL2: 0.1f));

    private static readonly NetworkLibrary s_library = new(s_blueprint);

    [Fact]
    public void PaddingStaysZero()
    {
        Model model = s_library.Create(s_blueprint.Name, Machines.Widest);
        var data = new Dataset(RandomValues.Uniform(9 * 5, seed: 1), RandomValues.Uniform(9 * 3, seed: 2), 9);
        model.Compile(new Filling(0.25f), new MeanSquaredError());
        model.Fit(data, epochs: 2);

        Assert.All(model.Parameters, static parameter => Assert.All(parameter.ToArray(), static value => Assert.Equal(0.25f, value)));
        Agreement.OfGradients(s_blueprint, model, data, new ReferenceMeanSquaredError());
    }

    private sealed class Filling(float value) : Optimizer(learningRate: 0.1f)
    {
        public override string Name => "filling";

        public override void Update(in OptimizerStep step) => step.Parameters.Fill(value);
    }
}
