using System.Text.Json;
using Unroll.Numerics.Tests.Harness;
using Unroll.Runtime.Tests;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Activations and trained layers against PyTorch's numbers (tests/golden/layers.py).</summary>
public sealed class GoldenLayerTests
{
    private static readonly string[] s_activations =
        [.. Golden.Read("layers.json").GetProperty("activations").EnumerateArray().Select(static entry => entry.GetProperty("name").GetString()!)];

    private static readonly Blueprint[] s_trained =
    [
        new("Batch", [5], new DenseSketch(17), new BatchNormalizationSketch(), new ActivateSketch(Activation.Relu), new DenseSketch(3)),
        new("Layer", [5], new DenseSketch(17, Activation.Tanh), new LayerNormalizationSketch(), new DenseSketch(3)),
        new("Slopes", [5], new DenseSketch(17), new PReluSketch(), new DenseSketch(3)),
    ];

    // The gradient of a product's bias is that of the activation behind it.
    private static readonly NetworkLibrary s_library = new(
        [.. s_trained, .. s_activations.Select(static name => new Blueprint(name, [1], new DenseSketch(33, Enum.Parse<Activation>(name))))]);

    public static TheoryData<Machine, string> Activations => Each(s_activations);

    public static TheoryData<Machine, string> Trained => Each(s_trained.Select(static blueprint => blueprint.Name));

    [Fact]
    public void EveryActivationIsHere() =>
        Assert.Equal(Enum.GetNames<Activation>().Order(StringComparer.Ordinal), s_activations.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Activations))]
    public void ActivationIsWhatItIs(Machine machine, string name)
    {
        JsonElement entry = Golden.Read("layers.json").GetProperty("activations").EnumerateArray()
            .Single(entry => entry.GetProperty("name").GetString() == name);
        Model model = s_library.Create(name, machine);
        model.Parameters[0].Assign(new float[33]);
        model.Parameters[1].Assign(entry.GetProperty("x").Floats());
        Closeness.AssertClose(entry.GetProperty("y").Doubles(), model.Predict([0f]), depth: 1, name);

        // The mean squared error's slope is 2(y − target)/33: targets that make it the given one.
        double[] slope = entry.GetProperty("slope").Doubles();
        float[] targets = [.. entry.GetProperty("y").Doubles().Zip(slope, static (y, s) => (float)(y - (s * 33 / 2)))];
        model.Compile(new NoOptimizer(), new MeanSquaredError());
        float[] gradient = model.ComputeGradients(new Dataset([0f], targets, count: 1))["dense1/bias"];
        Closeness.AssertClose(entry.GetProperty("gradient").Doubles(), gradient, depth: 33, $"{name} gradient", scale: 1);
    }

    [Theory]
    [MemberData(nameof(Trained))]
    public void TrainingEndsWhereItDoes(Machine machine, string network)
    {
        JsonElement run = Golden.Read("layers.json").GetProperty("training").EnumerateArray()
            .Single(entry => entry.GetProperty("network").GetString() == network);
        Model model = s_library.Create(network, machine);
        foreach (JsonProperty start in run.GetProperty("start").EnumerateObject())
        {
            model.Parameters.Single(parameter => parameter.Name == start.Name).Assign(start.Value.Floats());
        }

        model.Compile(new SGD(0.125f), new MeanSquaredError());
        model.Fit(new Dataset(run.GetProperty("features").Floats(), run.GetProperty("targets").Floats(), count: 12), batchSize: 4, shuffle: false);

        Assert.Equal(model.Parameters.Count, run.GetProperty("end").EnumerateObject().Count());
        foreach (Parameter parameter in model.Parameters)
        {
            Closeness.AssertClose(run.GetProperty("end").GetProperty(parameter.Name).Doubles(), parameter.ToArray(), depth: 17, parameter.Name);
        }
    }

    private static TheoryData<Machine, string> Each(IEnumerable<string> names)
    {
        var data = new TheoryData<Machine, string>();
        foreach (Machine machine in Machines.Tested)
        {
            foreach (string name in names)
            {
                data.Add(machine, name);
            }
        }

        return data;
    }
}
