using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests.Kernels;

/// <summary>Every activation alone on a raw input, and inside products with its gradient.</summary>
public sealed class ActivationTests
{
    private static readonly Activation[] s_activations = [.. Functions.Elementwise, Activation.Softmax, Activation.LogSoftmax];

    private static readonly Blueprint[] s_alone = [.. s_activations.Select(static activation => new Blueprint(
        $"{activation}Alone", [33], new ActivateSketch(activation)))];

    // One shape, so that a network has few kernels: inside a product, and behind one whose plain result the gradient needs.
    private static readonly Blueprint[] s_inside = [.. s_activations.Select(static activation => new Blueprint(
        $"{activation}Inside", [17], new DenseSketch(17, activation), new DenseSketch(17, activation)))];

    private static readonly NetworkLibrary s_library = new([.. s_alone, .. s_inside]);

    public static TheoryData<Machine, Activation> Cases
    {
        get
        {
            var data = new TheoryData<Machine, Activation>();
            foreach (Machine machine in Machines.Tested)
            {
                foreach (Activation activation in s_activations)
                {
                    data.Add(machine, activation);
                }
            }

            return data;
        }
    }

    [Fact]
    public void EveryActivationIsHere() => Assert.Equal(Enum.GetValues<Activation>(), s_activations.Order());

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValuesOverTheWholeRange(Machine machine, Activation activation)
    {
        Blueprint blueprint = BlueprintOf(s_alone, activation);
        float[] inputs =
        [
            0f, -0f, 1e-30f, -1e-30f, 1e-3f, -1e-3f, 0.1f, -0.1f, 0.5f, -0.5f, 1f, -1f, 2.5f, -2.5f, 3f, -3f, 3.1f, -3.1f, 6f, -6f, 10f, -10f,
            15f, -15f, 20f, -20f, 40f, -40f, 60f, -60f, 80f, -80f, 0.7f,
        ];
        Model model = s_library.Create(blueprint.Name, machine);
        double[] expected = new ReferenceNetwork(blueprint, model).Predict(inputs);
        float[] actual = model.Predict(inputs);
        for (int i = 0; i < inputs.Length; i++)
        {
            // Of each value's own size: a few ulp, and 20 where tanh-gelu's cubic is rounded; of the terms' size in a difference.
            double size = activation switch
            {
                Activation.TanhShrink => Math.Abs(inputs[i]),
                Activation.LogSoftmax => inputs.Max(),
                _ => Math.Abs(expected[i]),
            };
            Assert.Equal(expected[i], actual[i], tolerance: (size * 20 / (1 << 23)) + 1e-33);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheReferenceInside(Machine machine, Activation activation)
    {
        Blueprint blueprint = BlueprintOf(s_inside, activation);

        // An exponential of an exponential magnifies rounding by its exponent: keep that near 1.
        float gain = activation == Activation.Exponential ? 0.25f : 1f;
        Agreement.AtEveryBatch(blueprint, s_library.Create(blueprint.Name, machine), gain);
    }

    /// <summary>A sample with NaN has NaN outputs, also through relu, whose comparison could swallow it; other samples are not touched.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void NaNReachesTheOutput(Machine machine, Activation activation)
    {
        Blueprint blueprint = BlueprintOf(s_inside, activation);
        Model model = s_library.Create(blueprint.Name, machine);
        RandomValues.AssignTo(model, seed: 5);
        float[] inputs = RandomValues.Uniform(9 * 17, seed: 1);
        inputs[(3 * 17) + 2] = float.NaN;
        float[] outputs = model.Predict(inputs);

        for (int sample = 0; sample < 9; sample++)
        {
            Assert.All(outputs[(sample * 17)..((sample + 1) * 17)], value => Assert.Equal(sample == 3, float.IsNaN(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void NaNPassesTheActivation(Machine machine, Activation activation)
    {
        float[] inputs = RandomValues.Uniform(33, seed: 1);
        inputs[31] = float.NaN;
        float[] outputs = s_library.Create($"{activation}Alone", machine).Predict(inputs);

        Assert.True(float.IsNaN(outputs[31]));
        Assert.Equal(activation is Activation.Softmax or Activation.LogSoftmax ? 33 : 1, outputs.Count(float.IsNaN));
    }

    private static Blueprint BlueprintOf(Blueprint[] blueprints, Activation activation) => blueprints[Array.IndexOf(s_activations, activation)];
}
