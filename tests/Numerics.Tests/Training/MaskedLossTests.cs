using Unroll.Numerics.Tests.Harness;
using Unroll.Running;

namespace Unroll.Numerics.Tests;

/// <summary>
/// Masked steps of an output count neither in the loss nor in its gradient nor in metrics: Σ mask·weight·loss/Σ mask over the batch, as
/// reduce_weighted_values of Keras 3, here in double precision from what the network predicts.
/// </summary>
public sealed class MaskedLossTests
{
    private const int Rows = 37;
    private const int Steps = 5;
    private const int Classes = 3;
    private const int Hidden = 4;

    private static readonly NetworkLibrary s_library = new("""
        [Block] [Dense(3, Activation.Softmax, Name = "last")] internal class Head;
        [Network(5)] [Embedding(6, 4, MaskZero = true)] [LSTM(4, ReturnSequences = true, Name = "seen")] [Dense(3, Name = "last")] public sealed partial class Linear;
        [Network(5)] [Embedding(6, 4, MaskZero = true)] [GRU(4, ReturnSequences = true, Name = "seen")] [Dense(3, Activation.Softmax, Name = "last")] public sealed partial class Tagger;
        [Network(5)] [Embedding(6, 4, MaskZero = true)] [SimpleRNN(4, ReturnSequences = true, Name = "seen")] [TimeDistributed<Head>(Name = "each")] public sealed partial class Wrapped;
        [Network(5)] [Embedding(6, 4, MaskZero = true, Name = "seen")] [Dense(3, Activation.Sigmoid, Name = "last")] public sealed partial class Labels;
        [Network(5, 1)] [Masking] [Dense(4, Activation.Tanh, Name = "seen")] [Dense(3, Name = "last")] public sealed partial class Masked;
        [Network(5)] [Embedding(6, 4, MaskZero = true)] [LSTM(4, ReturnSequences = true, Name = "seen")] [Dense(3, Name = "last")] [Output("steps")]
        [GlobalAveragePooling1D] [Dense(2)] [Output("whole")] public sealed partial class Two;
        [Network] [Input("a", 4)] [Input("b", 4)] [Embedding(6, 3, MaskZero = true, From = "a", Name = "x")] [Embedding(6, 3, From = "b", Name = "y")] [Concatenate("x", "y", Axis = 1)] [Dense(1)] public sealed partial class Behind;
        [Network] [Input("a", 4)] [Input("b", 4)] [Embedding(6, 3, MaskZero = true, From = "a", Name = "x")] [Embedding(6, 3, MaskZero = true, From = "b", Name = "y")] [Concatenate("x", "y")] [Dense(1)] public sealed partial class Beside;
        [Network] [Input("a", 4)] [Input("b", 4)] [Embedding(6, 3, MaskZero = true, From = "a", Name = "x")] [Embedding(6, 3, From = "b", Name = "y")] [Concatenate("x", "y")] [Dense(1)] public sealed partial class BesideUnmasked;
        """);

    public static TheoryData<Machine, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<Machine, string, string>();
            foreach (Machine machine in Machines.Tested)
            {
                cases.Add(machine, "Linear", "mse");
                cases.Add(machine, "Masked", "mse");
                cases.Add(machine, "Tagger", "scce");
                cases.Add(machine, "Tagger", "clipped");
                cases.Add(machine, "Wrapped", "scce");
                cases.Add(machine, "Labels", "bce");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LossAndGradientAreThoseOfTheStepsThatCount(Machine machine, string network, string loss)
    {
        foreach (int weightsOfRow in new[] { 0, 1, Steps })
        {
            Model model = Create(network, loss, machine);
            float[]? weights = weightsOfRow == 0 ? null : [.. Enumerable.Range(0, Rows * weightsOfRow).Select(static i => i % 4 * 0.5f)];
            var data = new Dataset(Features(), Targets(loss), Rows, weights);
            (double value, double[] bias, double[] kernel) = Expected(model, loss, data);

            Gradients gradients = model.ComputeGradients(data);
            string name = $"{network}, {loss}, {weightsOfRow} weights";
            Closeness.AssertClose([value], [gradients.Loss], depth: 64, name, scale: 1);
            Closeness.AssertClose(bias, gradients.Single(static pair => pair.Key.EndsWith("last/bias", StringComparison.Ordinal)).Value, depth: 256, name, scale: 1);
            Closeness.AssertClose(kernel, gradients.Single(static pair => pair.Key.EndsWith("last/kernel", StringComparison.Ordinal)).Value, depth: 256, name, scale: 1);
            Closeness.AssertClose([value], [model.Evaluate(data)["loss"]], depth: 64, name, scale: 1);

            // Of the batch that is all there is, before it has changed anything.
            Assert.Equal(gradients.Loss, model.Fit(data, batchSize: Rows)["loss"][0]);
        }
    }

    /// <summary>Whatever stands at masked steps, nothing changes.</summary>
    [Fact]
    public void TargetsOfMaskedStepsDoNotMatter()
    {
        float[] features = Features();
        float[] targets = Targets("scce");
        float[] others = [.. targets.Select((target, step) => features[step] == 0f ? (target + 1f) % Classes : target)];
        Assert.NotEqual(targets, others);
        Model first = Create("Tagger", "scce", Machines.Widest);
        Model second = Create("Tagger", "scce", Machines.Widest);
        History history = first.Fit(new Dataset(features, targets, Rows), epochs: 2, batchSize: 10, seed: 1);
        Assert.Equal(history["accuracy"], second.Fit(new Dataset(features, others, Rows), epochs: 2, batchSize: 10, seed: 1)["accuracy"]);
        Assert.Equal(first.Parameters.SelectMany(static parameter => parameter.ToArray()), second.Parameters.SelectMany(static parameter => parameter.ToArray()));
    }

    [Fact]
    public void MetricsAreThoseOfTheStepsThatCount()
    {
        Model model = Create("Tagger", "scce", Machines.Widest);
        float[] features = Features();
        float[] targets = Targets("scce");
        float[] predicted = model.Predict(features);
        int[] counting = [.. Enumerable.Range(0, Rows * Steps).Where(step => features[step] != 0f)];
        double right = counting.Count(step =>
        {
            float[] own = predicted[(step * Classes)..((step + 1) * Classes)];
            return Array.IndexOf(own, own.Max()) == targets[step];
        });

        EvaluationResult result = model.Evaluate(new Dataset(features, targets, Rows));
        Assert.Equal(right / counting.Length, result["accuracy"], 6);
        Assert.Equal(result["loss"], result["sparse_categorical_crossentropy"], 5);
    }

    [Fact]
    public void WhereNoStepCountsThereIsNoLoss()
    {
        Model model = Create("Tagger", "scce", Machines.Widest);
        var data = new Dataset(new float[3 * Steps], new float[3 * Steps], 3);

        Gradients gradients = model.ComputeGradients(data);
        Assert.Equal(0f, gradients.Loss);
        Assert.All(gradients.Values.SelectMany(static values => values), static value => Assert.Equal(0f, value));
        Assert.Equal(0f, model.Evaluate(data)["loss"]);
    }

    /// <summary>So many samples of this small network are worth four threads.</summary>
    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        const int BatchSize = 11_000;
        var data = new Dataset(Features(BatchSize + 1), Targets("scce", BatchSize + 1), BatchSize + 1);
        float[] Trained(int threads)
        {
            Model model = Create("Tagger", "scce", Machines.Widest);
            Assert.Equal(threads, TrainingLoop.ThreadsWorth(model.Network, BatchSize, threads));
            model.Fit(data, epochs: 2, batchSize: BatchSize, seed: 1, threads: threads);
            return [.. model.Parameters.SelectMany(static parameter => parameter.ToArray())];
        }

        Assert.Equal(Trained(1), Trained(4));
    }

    [Fact]
    public void EveryOutputHasItsOwnMask()
    {
        Model model = s_library.Create("Two", Machines.Widest, seed: 3);
        RandomValues.AssignTo(model, seed: 5);
        float[] features = Features();
        float[] steps = Targets("mse");
        float[] whole = RandomValues.Uniform(Rows * 2, seed: 9);
        var alone = s_library.Create("Linear", Machines.Widest, seed: 3);
        foreach (Parameter parameter in alone.Parameters)
        {
            parameter.Assign(model.Parameters.Single(other => other.Name == parameter.Name).ToArray());
        }

        model.Compile(new SGD(), [new MeanSquaredError(), new MeanSquaredError()]);
        alone.Compile(new SGD(), new MeanSquaredError());
        EvaluationResult result = model.Evaluate(new Dataset([features], [steps, whole], Rows));
        Assert.Equal(alone.Evaluate(new Dataset(features, steps, Rows))["loss"], result["steps_loss"], 6);
        Assert.Equal(result["loss"], result["steps_loss"] + result["whole_loss"], 5);
        Assert.Equal(result["loss"], model.ComputeGradients(new Dataset([features], [steps, whole], Rows)).Loss, 5);
    }

    /// <summary>Behind each other, steps keep their masks; side by side, a step counts where one of them does.</summary>
    [Theory]
    [InlineData("Behind", true)]
    [InlineData("Beside", false)]
    [InlineData("BesideUnmasked", false)]
    public void JoinedStepsKeepTheirMasks(string network, bool isBehind)
    {
        Model model = s_library.Create(network, Machines.Widest, seed: 3);
        RandomValues.AssignTo(model, seed: 5);
        float[] first = [1f, 0f, 0f, 2f];
        float[] second = [0f, 3f, 0f, 4f];
        float[] y = model.Predict([.. first, .. second]);
        float[] targets = new float[y.Length];
        float[] counts = network switch
        {
            "Behind" => [1f, 0f, 0f, 1f, 1f, 1f, 1f, 1f],
            "Beside" => [1f, 1f, 0f, 1f],
            _ => [1f, 1f, 1f, 1f],
        };
        Assert.Equal(isBehind ? 8 : 4, y.Length);
        double expected = y.Zip(counts, static (value, count) => (double)value * value * count).Sum() / counts.Sum();

        model.Compile(new SGD(), new MeanSquaredError());
        Assert.Equal(expected, model.Evaluate(new Dataset([first, second], [targets], 1))["loss"], 5);
        Assert.Equal(expected, model.ComputeGradients(new Dataset([first, second], [targets], 1)).Loss, 5);
    }

    [Fact]
    public void OtherNumbersOfWeightsAreRefused()
    {
        Model model = Create("Linear", "mse", Machines.Widest);
        var data = new Dataset(Features(), Targets("mse"), Rows, new float[Rows * 2]);
        Assert.Contains(
            "An output of 5 × 3 expects 1 or 5 weights a sample, but the data has 2", Assert.Throws<ArgumentException>(() => model.Fit(data)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Evaluate(data));
        Assert.Throws<ArgumentException>(() => model.ComputeGradients(data));
    }

    private static Model Create(string network, string loss, Machine machine)
    {
        Model model = s_library.Create(network, machine, seed: 3);
        RandomValues.AssignTo(model, seed: 5);
        Loss of = loss switch
        {
            "mse" => new MeanSquaredError(),
            "bce" => new BinaryCrossentropy(),
            "clipped" => new SparseCategoricalCrossentropy(fuse: false),
            _ => new SparseCategoricalCrossentropy(),
        };
        model.Compile(new SGD(0.01f), of, loss == "scce" ? [new Accuracy(), new SparseCategoricalCrossentropy()] : []);
        return model;
    }

    // Ids 1 to 5, and 0 in the middle, at the ends, or everywhere.
    private static float[] Features(int rows = Rows) =>
        [.. Enumerable.Range(0, rows * Steps).Select(static i => i / Steps == 2 || i * 7 % 11 < 4 ? 0f : 1f + (i * 5 % 5))];

    private static float[] Targets(string loss, int rows = Rows) => loss switch
    {
        "mse" => RandomValues.Uniform(rows * Steps * Classes, seed: 6),
        "bce" => [.. Enumerable.Range(0, rows * Steps * Classes).Select(static i => i * 7 % 3 == 0 ? 1f : 0f)],
        _ => [.. Enumerable.Range(0, rows * Steps).Select(static i => (float)(i * 5 % Classes))],
    };

    private static (double Loss, double[] Bias, double[] Kernel) Expected(Model model, string loss, Dataset data)
    {
        float[] y = model.Predict(data.Features);
        float[] h = model.Activations(data.Features)["seen"];
        double counting = Enumerable.Range(0, Rows * Steps).Count(step => data.Features[step] != 0f);
        double sum = 0;
        double[] bias = new double[Classes];
        double[] kernel = new double[Hidden * Classes];
        for (int step = 0; step < Rows * Steps; step++)
        {
            ReadOnlySpan<float> weights = data.SampleWeights;
            double weight = data.Features[step] == 0f ? 0 : weights.IsEmpty ? 1 : weights[weights.Length == Rows ? step / Steps : step];
            for (int k = 0; k < Classes; k++)
            {
                double p = y[(step * Classes) + k];
                double t = loss is "mse" or "bce" ? data.Targets[(step * Classes) + k] : data.Targets[step] == k ? 1 : 0;
                (double value, double slope) = loss switch
                {
                    "mse" => ((p - t) * (p - t) / Classes, 2 * (p - t) / Classes),
                    "bce" => (-((t * Math.Log(p)) + ((1 - t) * Math.Log(1 - p))) / Classes, (p - t) / Classes),
                    _ => (-t * Math.Log(p), p - t),
                };
                sum += weight * value / counting;
                bias[k] += weight * slope / counting;
                for (int i = 0; i < Hidden; i++)
                {
                    kernel[(i * Classes) + k] += h[(step * Hidden) + i] * weight * slope / counting;
                }
            }
        }

        return (sum, bias, kernel);
    }
}
