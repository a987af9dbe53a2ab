using Unroll.Numerics.Tests.Harness;
using Unroll.Running;

namespace Unroll.Numerics.Tests.Networks;

/// <summary>Networks that are no stacks: derivatives against central differences, shared blocks against a block applied twice.</summary>
public sealed class GraphNetworkTests
{
    private const float Step = 1e-2f;

    private const string Source = """
        [Block] [Dense(5, Activation.Tanh)] [Dense(3)]
        public partial class Tower;

        [Network]
        [Input("left", 4)] [Input("right", 4)]
        [Use<Tower>(Name = "tower", From = "left")]
        [Use<Tower>(Shared = "tower", From = "right", Name = "other")]
        [Multiply("tower", "other")]
        [Dense(2)]
        public sealed partial class Twins;

        [Network(6)]
        [Dense(7, Activation.Tanh, Name = "root")]
        [Dense(7, Activation.Sigmoid, Name = "left")]
        [Dense(7, Activation.Tanh, From = "root", Name = "right")]
        [Subtract("left", "right", Name = "difference")]
        [Maximum("root", "left", "right")]
        [Concatenate("", "difference", "root")]
        [Dense(3)]
        public sealed partial class Diamond;

        [Network(3, 5)]
        [Dense(4, Activation.Tanh, Name = "query")]
        [Dense(4, From = "input", Name = "key")]
        [Dot("query", "key", Axes = [2], Name = "scores")]
        [Activate(Activation.Softmax, Name = "weights")]
        [Dense(2, From = "input", Name = "value")]
        [Dot("weights", "value", Axes = [2, 1])]
        [Flatten]
        [Dense(2)]
        public sealed partial class Attention;

        [Network(4)]
        [Dense(6, Activation.Tanh, Name = "both")]
        [Dense(3, Activation.Softmax)] [Output("kind")]
        [Dense(2, From = "both")] [Output("place")]
        [Average("both", "both")] [Dense(1, Activation.Sigmoid)] [Output("flag")]
        public sealed partial class ThreeHeads;

        [Block] [Dense(4, Activation.Relu)] [BatchNormalization]
        public partial class Normalized;

        [Network(4)]
        [Residual<Normalized>(Repeat = 2)]
        [Add("", "input", "normalized1")]
        [Dense(2)]
        public sealed partial class Skips;
        """;

    private static readonly NetworkLibrary s_library = new(Source);

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    public static MatrixTheoryData<Machine, string> Networks => new(Machines.Tested, ["Twins", "Diamond", "Attention", "Skips"]);

    /// <summary>Each use of a shared block has layers of its own name, so a source is always a layer's first call.</summary>
    [Fact]
    public void TheSummaryTellsWhatIsConnectedToWhat()
    {
        string summary = s_library.Create("Twins", Machines.Widest).Summary();
        Assert.Contains("│ right (InputLayer)  │ (None, 4)         │          0 │ -                 │", summary, StringComparison.Ordinal);
        Assert.Contains(
            """
            │ other/dense1        │ (None, 5)         │          0 │ right[0][0]       │
            │ (Dense)             │                   │            │                   │
            """.ReplaceLineEndings("\n"),
            summary,
            StringComparison.Ordinal);
        Assert.Contains(
            """
            │ (Multiply)          │                   │            │ ],                │
            """.ReplaceLineEndings("\n"),
            summary,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void DerivativesAreDifferences(Machine machine, string name)
    {
        Model model = s_library.Create(name, machine);
        model.Compile(new SGD(), new MeanSquaredError());
        AssertDerivatives(model, Data(model, RandomValues.Uniform(7 * model.Network.OutputSize, seed: 4)));
    }

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void DerivativesOfSeveralLossesAreDifferences(Machine machine)
    {
        Model model = s_library.Create("ThreeHeads", machine);
        model.Compile(
            new SGD(),
            losses: [new SparseCategoricalCrossentropy(), new MeanSquaredError(), new BinaryCrossentropy()],
            lossWeights: [1f, 0.5f, 2f]);
        float[] kinds = RandomValues.Labels(7, 3, seed: 2);
        float[] flags = RandomValues.Labels(7, 2, seed: 3);
        float[] places = RandomValues.Uniform(14, seed: 4);
        float[] features = RandomValues.Uniform(28, seed: 5);
        AssertDerivatives(model, new Dataset([features], [kinds, places, flags], 7));
    }

    /// <summary>The hidden values put into the layers after them give the prediction, across blocks of samples.</summary>
    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void ActivationsAreTheValuesBetweenTheLayers(Machine machine)
    {
        const int rows = 41;
        Model model = s_library.Create("Diamond", machine);
        float[] features = RandomValues.Uniform(rows * 6, seed: 8);

        Activations seen = model.Activations(features);

        Assert.Equal(model.Network.Layers.Select(static layer => layer.Name), seen.Keys);
        Assert.Equal(model.Predict(features), seen["dense4"], Close);
        Assert.Equal(DenseOf(model, "root", features, rows, Math.Tanh), seen["root"], Close);
        Assert.Equal(DenseOf(model, "right", seen["root"], rows, Math.Tanh), seen["right"], Close);
        Assert.Equal(seen["left"].Zip(seen["right"], static (left, right) => left - right), seen["difference"], Close);
        Assert.Equal(rows * 7, seen["root"].Length);
        KeyNotFoundException missing = Assert.Throws<KeyNotFoundException>(() => seen["hidden"]);
        Assert.Contains("'hidden'", missing.Message, StringComparison.Ordinal);
        Assert.Contains("difference", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheNameOfAUseGivesTheValueOfItsBlock()
    {
        Model model = s_library.Create("Twins", Machines.Widest);
        Activations seen = model.Activations(RandomValues.Uniform(5 * model.Network.InputSize, seed: 9));
        string last = seen.Keys.Last(static name => name.StartsWith("other/", StringComparison.Ordinal));

        Assert.DoesNotContain("other", seen.Keys);
        Assert.True(seen.ContainsKey("other"));
        Assert.Same(seen[last], seen["other"]);
        Assert.NotEqual(seen["tower"], seen["other"]);
        Assert.False(seen.TryGetValue("oth", out _));
    }

    private static bool Close(float expected, float actual) => Math.Abs(expected - actual) <= 1e-5f;

    private static float[] DenseOf(Model model, string layer, float[] inputs, int rows, Func<double, double> activation)
    {
        float[] kernel = model.Parameters[layer + "/kernel"].ToArray();
        float[] bias = model.Parameters[layer + "/bias"].ToArray();
        int width = inputs.Length / rows;
        float[] outputs = new float[rows * bias.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            (int row, int unit) = Math.DivRem(i, bias.Length);
            double sum = bias[unit];
            for (int k = 0; k < width; k++)
            {
                sum += (double)inputs[(row * width) + k] * kernel[(k * bias.Length) + unit];
            }

            outputs[i] = (float)activation(sum);
        }

        return outputs;
    }

    [Fact]
    public void ASharedBlockHasItsParametersOnce()
    {
        Model model = s_library.Create("Twins", Machines.Widest);

        Assert.Equal(
            ["tower/dense1/kernel", "tower/dense1/bias", "tower/dense2/kernel", "tower/dense2/bias", "dense1/kernel", "dense1/bias"],
            model.Parameters.Select(static parameter => parameter.Name));
    }

    [Fact]
    public void ASharedBlockIsTheSameFunction()
    {
        Model model = s_library.Create("Twins", Machines.Widest);
        float[] x = RandomValues.Uniform(4, seed: 1);
        float[] z = RandomValues.Uniform(4, seed: 2);

        Assert.Equal(model.Predict([.. x, .. z]), model.Predict([.. z, .. x]));
    }

    /// <summary>So many samples of this small network are worth three threads.</summary>
    [Fact]
    public void TheBitsDoNotDependOnThreads()
    {
        const int Rows = 22_500;
        float[][] parameters = [.. new[] { 1, 2, 3 }.Select(static threads =>
        {
            Model model = s_library.Create("Diamond", Machines.Widest, seed: 3);
            Assert.Equal(threads, TrainingLoop.ThreadsWorth(model.Network, Rows, threads));
            model.Compile(new Adam(), new MeanSquaredError());
            var data = new Dataset(RandomValues.Uniform(6 * Rows, seed: 1), RandomValues.Uniform(3 * Rows, seed: 2), Rows);
            model.Fit(data, epochs: 2, batchSize: Rows, threads: threads, seed: 5);
            return (float[])[.. model.Parameters.SelectMany(static parameter => parameter.ToArray())];
        })];

        Assert.Equal(parameters[0], parameters[1]);
        Assert.Equal(parameters[0], parameters[2]);
    }

    private static Dataset Data(Model model, float[] targets) =>
        new(RandomValues.Uniform(7 * model.Network.InputSize, seed: 3), targets, 7);

    private static void AssertDerivatives(Model model, Dataset data)
    {
        Gradients gradients = model.ComputeGradients(data);
        foreach (Parameter parameter in model.Parameters.Where(parameter => !parameter.Name.Contains("moving", StringComparison.Ordinal)))
        {
            float[] values = parameter.ToArray();
            float[] gradient = gradients[parameter.Name];
            for (int i = 0; i < values.Length; i++)
            {
                double slope = (LossAt(values[i] + Step) - LossAt(values[i] - Step)) / (2.0 * Step);

                Assert.True(
                    Math.Abs(slope - gradient[i]) <= 2e-3 + (2e-2 * Math.Abs(slope)),
                    FormattableString.Invariant($"{parameter.Name}[{i}]: {slope:G5} by differences, {gradient[i]:G5} by the gradient"));

                double LossAt(float value)
                {
                    float[] moved = [.. values];
                    moved[i] = value;
                    parameter.Assign(moved);
                    float loss = model.ComputeGradients(data).Loss;
                    parameter.Assign(values);
                    return loss;
                }
            }
        }
    }
}
