using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Layers that training leaves as they are: their parameters stay, the others' gradients are those of the same network.</summary>
public sealed class FrozenLayerTests
{
    private const int Rows = 19;
    private const string First = "Dense(9, Activation.Tanh, KernelL2 = 0.1f";
    private const string Second = "Conv1D(5, 3, Activation.Relu";

    private static readonly NetworkLibrary s_library = new($$"""
        [Block] [Dense(4, Activation.Tanh)] [BatchNormalization] public partial class Body;
        [Network(6, 4)] [{{First}})] [{{Second}})] [Flatten] [Dense(2)] public sealed partial class Whole;
        [Network(6, 4)] [{{First}}, Trainable = false)] [{{Second}})] [Flatten] [Dense(2)] public sealed partial class FrozenFirst;
        [Network(6, 4)] [{{First}})] [{{Second}}, Trainable = false)] [Flatten] [Dense(2)] public sealed partial class FrozenSecond;
        [Network(4)] [Use<Body>(Name = "body", Trainable = false)] [Use<Body>(Shared = "body", Name = "again")] [Dense(3)] public sealed partial class FrozenBlock;
        [Network(5)] [Dense(7, Name = "below")] [BatchNormalization(Trainable = false, Epsilon = 0.25f)] [Dense(2)] public sealed partial class FrozenStatistics;
        """);

    private static readonly Dataset s_steps = new(RandomValues.Uniform(Rows * 24, seed: 1), RandomValues.Uniform(Rows * 2, seed: 2), Rows);

    public static TheoryData<Machine> Each => new(Machines.Tested);

    [Theory]
    [MemberData(nameof(Each))]
    public void TheOthersHaveTheGradientsOfTheWholeNetwork(Machine machine)
    {
        Gradients whole = Trained("Whole", machine).ComputeGradients(s_steps);
        foreach ((string name, string frozen) in new[] { ("FrozenFirst", "dense1/"), ("FrozenSecond", "conv1d1/") })
        {
            Gradients gradients = Trained(name, machine).ComputeGradients(s_steps);

            Assert.Equal(whole.Keys.Where(key => !key.StartsWith(frozen, StringComparison.Ordinal)), gradients.Keys);
            Assert.All(gradients.Keys, key => Assert.Equal(whole[key], gradients[key]));
        }
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void TrainingLeavesThemAsTheyAre(Machine machine)
    {
        Model model = s_library.Create("FrozenBlock", machine);
        float[][] before = [.. model.Parameters.Select(static parameter => parameter.ToArray())];
        model.Compile(new Adam(0.1f), new MeanSquaredError());
        model.Fit(new Dataset(RandomValues.Uniform(Rows * 4, seed: 3), RandomValues.Uniform(Rows * 3, seed: 4), Rows), epochs: 3, batchSize: 5, verbose: false);

        for (int i = 0; i < before.Length; i++)
        {
            Parameter parameter = model.Parameters[i];
            bool isFrozen = parameter.Name.StartsWith("body/", StringComparison.Ordinal);
            Assert.Equal(isFrozen, !parameter.IsTrained);
            Assert.Equal(isFrozen, before[i].AsSpan().SequenceEqual(parameter.ToArray()));
        }

        Assert.Contains("Trainable params: 15", model.Summary(), StringComparison.Ordinal);
        Assert.Contains("Non-trainable params: 36", model.Summary(), StringComparison.Ordinal);
    }

    /// <summary>The penalty of what is frozen is no part of the loss, as in Keras.</summary>
    [Fact]
    public void TheLossHasNoPenaltyOfThem()
    {
        Model whole = Trained("Whole", Machines.Widest);
        double squares = whole.Parameters["dense1/kernel"].ToArray().Sum(static value => (double)value * value);

        float difference = whole.ComputeGradients(s_steps).Loss - Trained("FrozenFirst", Machines.Widest).ComputeGradients(s_steps).Loss;

        Assert.Equal(0.1 * squares, difference, 1e-5);
    }

    /// <summary>y = γ·(x − moving mean)/√(moving variance + ε) + β in training too, with x's gradient through it.</summary>
    [Theory]
    [MemberData(nameof(Each))]
    public void FrozenBatchNormalizationUsesItsMovingAverages(Machine machine)
    {
        Model model = s_library.Create("FrozenStatistics", machine);
        foreach ((Parameter parameter, int seed) in model.Parameters.Select(static (parameter, seed) => (parameter, seed)))
        {
            float[] values = RandomValues.Uniform(parameter.Count, seed: 10 + seed);
            parameter.Assign(parameter.Name.EndsWith("variance", StringComparison.Ordinal) ? [.. values.Select(static value => (value * value) + 0.5f)] : values);
        }

        var data = new Dataset(RandomValues.Uniform(Rows * 5, seed: 5), RandomValues.Uniform(Rows * 2, seed: 6), Rows);
        model.Compile(new SGD(), new MeanSquaredError());

        // What is measured in inference mode is the loss of training, and its slope the gradient.
        Gradients gradients = model.ComputeGradients(data);
        Assert.Equal(model.Evaluate(data)["loss"], gradients.Loss, 1e-4f);

        Parameter kernel = model.Parameters["below/kernel"];
        float[] kept = kernel.ToArray();
        for (int i = 0; i < kept.Length; i += 4)
        {
            double Loss(float by)
            {
                float[] moved = [.. kept];
                moved[i] += by;
                kernel.Assign(moved);
                return model.Evaluate(data)["loss"];
            }

            const float By = 0.02f;
            Assert.Equal((Loss(By) - Loss(-By)) / (2 * By), gradients["below/kernel"][i], 2e-3);
        }
    }

    private static Model Trained(string name, Machine machine)
    {
        Model model = s_library.Create(name, machine, seed: 5);
        model.Compile(new Adam(), new MeanSquaredError());
        return model;
    }
}
