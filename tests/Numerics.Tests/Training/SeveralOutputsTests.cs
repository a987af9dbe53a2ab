using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>What is said and measured of outputs other than the first, and of several inputs.</summary>
public sealed class SeveralOutputsTests
{
    private const int Rows = 37;
    private const int Kinds = 3;

    private static readonly NetworkLibrary s_library = new("""
        [Network]
        [Input("a", 3)] [Input("b", 2)]
        [Dense(4, Activation.Tanh, From = "a", Name = "x")]
        [Dense(4, Activation.Tanh, From = "b", Name = "y")]
        [Add("x", "y", Name = "sum")]
        [Dense(2)] [Output("place")]
        [Dense(3, Activation.Softmax, From = "sum")] [Output("kind")]
        public sealed partial class Pair;

        [Network(3)] [Dense(3, Activation.Sigmoid)] public sealed partial class Chances;
        [Network(3)] [Dense(3, Activation.Sigmoid)] [Output("left")] [Dropout(0f)] [Output("right")] public sealed partial class ChancesTwice;
        [Network(3)] [Dense(3, Activation.Softmax)] public sealed partial class Choice;
        [Network(3)] [Dense(3, Activation.Softmax)] [Output("left")] [Activate(Activation.Linear)] [Output("right")] public sealed partial class ChoiceTwice;
        """);

    private static readonly float[] s_a = RandomValues.Uniform(Rows * 3, seed: 1);
    private static readonly float[] s_b = RandomValues.Uniform(Rows * 2, seed: 2);
    private static readonly float[] s_places = RandomValues.Uniform(Rows * 2, seed: 3);
    private static readonly float[] s_kinds = [.. Enumerable.Range(0, Rows).Select(static row => (float)(row * 7 % Kinds))];
    private static readonly float[] s_weights = [.. Enumerable.Range(0, Rows).Select(static row => row % 4 * 0.5f)];

    private delegate void IntoSpans(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> place, Span<float> kind);

    private delegate (float[] Place, float[] Kind) IntoArrays(ReadOnlySpan<float> a, ReadOnlySpan<float> b);

    [Fact]
    public void ALabelOfTheSecondOutputThatIsNoneIsRefused()
    {
        Model model = Compiled();
        float[] kinds = [.. s_kinds];
        kinds[5] = Kinds;
        var data = new Dataset([s_a, s_b], [s_places, kinds], Rows);
        foreach (Action call in (Action[])[() => model.Fit(data), () => model.Evaluate(data), () => model.ComputeGradients(data)])
        {
            ArgumentException error = Assert.Throws<ArgumentException>(call);
            Assert.Contains("row 5", error.Message, StringComparison.Ordinal);
            Assert.Contains("label 3 is not in 0..2", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WeightsCountInTheLossOfEachOutput()
    {
        Model model = Compiled();
        EvaluationResult result = model.Evaluate(new Dataset([s_a, s_b], [s_places, s_kinds], Rows, s_weights));
        (float[] places, float[] kinds) = Arrays(model)(s_a, s_b);
        double place = 0, kind = 0;
        for (int row = 0; row < Rows; row++)
        {
            double first = places[2 * row] - s_places[2 * row], second = places[(2 * row) + 1] - s_places[(2 * row) + 1];
            place += s_weights[row] * ((first * first) + (second * second)) / 2;
            kind -= s_weights[row] * Math.Log(kinds[(Kinds * row) + (int)s_kinds[row]]);
        }

        Assert.Equal(place / Rows, result["place_loss"], 1e-5);
        Assert.Equal(kind / Rows, result["kind_loss"], 1e-5);
        Assert.Equal((place + kind) / Rows, result["loss"], 1e-5);
    }

    [Fact]
    public void BatchesLearnAsTheDataSetTheyAreOf()
    {
        Dataset data = new Dataset([s_a, s_b], [s_places, s_kinds], Rows, s_weights);
        Model whole = Compiled(), streamed = Compiled();
        whole.Fit(data, epochs: 2, batchSize: 10, shuffle: false);
        streamed.Fit(Batches(data), new FitOptions { Epochs = 2 }, TestContext.Current.CancellationToken);

        Assert.Equal(whole.Parameters.Select(static parameter => parameter.ToArray()), streamed.Parameters.Select(static parameter => parameter.ToArray()));
        Assert.NotEqual(Compiled().Parameters[0].ToArray(), whole.Parameters[0].ToArray());
    }

    [Fact]
    public void PredictGivesEachOutputItsOwn()
    {
        Model model = Compiled();
        float[] rows = model.Predict(new Dataset([s_a, s_b], [s_places, s_kinds], Rows).Features);
        float[] places = new float[Rows * 2], kinds = new float[Rows * Kinds];
        Spans(model)(s_a, s_b, places, kinds);

        Assert.Equal(Enumerable.Range(0, Rows).SelectMany(row => places[(2 * row)..(2 * (row + 1))].Concat(kinds[(Kinds * row)..(Kinds * (row + 1))])), rows);
        (float[] first, float[] second) = Arrays(model)(s_a, s_b);
        Assert.Equal(places, first);
        Assert.Equal(kinds, second);
    }

    /// <summary>A layer that does nothing is what it reads: two outputs are one value, whose gradient is that of both losses.</summary>
    [Theory]
    [InlineData("Chances")]
    [InlineData("Choice")]
    public void OneValueMayBeTwoOutputs(string name)
    {
        Loss loss = name == "Chances" ? new BinaryCrossentropy() : new CategoricalCrossentropy();
        float[] targets = [.. Enumerable.Range(0, Rows * 3).Select(static i => i % 4 == 0 ? 1f : 0f)];
        Model once = s_library.Create(name, Machines.Widest), twice = s_library.Create(name + "Twice", Machines.Widest);
        once.Compile(new SGD(), loss);
        twice.Compile(new SGD(), losses: [loss, loss]);

        float[] expected = [.. once.ComputeGradients(new Dataset(s_a, targets, Rows))["dense1/kernel"].ToArray().Select(static value => 2 * value)];
        float[] actual = twice.ComputeGradients(new Dataset([s_a], [targets, targets], Rows))["dense1/kernel"].ToArray();

        Closeness.AssertClose([.. expected.Select(static value => (double)value)], actual, depth: Rows, name, scale: 1);
    }

    /// <summary>Room for an output that is an input's memory, or another output's.</summary>
    [Fact]
    public void OverlappingMemoryIsRefused()
    {
        Model model = Compiled();
        IntoSpans predict = Spans(model);
        float[] memory = new float[s_a.Length + s_b.Length + (Rows * (2 + Kinds))];
        float[] places = new float[Rows * 2], kinds = new float[Rows * Kinds];

        Assert.Equal("place", Assert.Throws<ArgumentException>(() => predict(memory.AsSpan(0, s_a.Length), s_b, memory.AsSpan(s_a.Length - 1, Rows * 2), kinds)).ParamName);
        Assert.Equal("kind", Assert.Throws<ArgumentException>(() => predict(s_a, memory.AsSpan(0, s_b.Length), places, memory.AsSpan(0, Rows * Kinds))).ParamName);
        ArgumentException error = Assert.Throws<ArgumentException>(() => predict(s_a, s_b, memory.AsSpan(0, Rows * 2), memory.AsSpan(1, Rows * Kinds)));
        Assert.Equal("Output kind must not overlap an input or another output: outputs are written while inputs are still read. (Parameter 'kind')", error.Message);
    }

    [Theory]
    [InlineData(0, 1, 0, 0, "b")]
    [InlineData(0, -2, 0, 0, "b")]
    [InlineData(-1, 0, 0, 0, "a")]
    [InlineData(0, 0, 2, 0, "place")]
    [InlineData(0, 0, 0, -1, "kind")]
    public void LengthsThatDoNotFitAreRefusedByName(int a, int b, int place, int kind, string named)
    {
        Model model = Compiled();
        IntoSpans predict = Spans(model);
        ArgumentException error = Assert.Throws<ArgumentException>(() => predict(
            new float[s_a.Length + a], new float[s_b.Length + b], new float[(Rows * 2) + place], new float[(Rows * Kinds) + kind]));

        Assert.Equal(named, error.ParamName);
    }

    [Fact]
    public void OneMetricForTwoOutputsIsRefused()
    {
        Model model = s_library.Create("Pair", Machines.Widest);
        var shared = new Accuracy();
        ArgumentException error = Assert.Throws<ArgumentException>(() => model.Compile(
            new SGD(), losses: [new MeanSquaredError(), new SparseCategoricalCrossentropy()], metrics: [shared, shared]));

        Assert.Contains("watches two outputs", error.Message, StringComparison.Ordinal);
    }

    private static Model Compiled()
    {
        Model model = s_library.Create("Pair", Machines.Widest);
        model.Compile(new SGD(0.1f), losses: [new MeanSquaredError(), new SparseCategoricalCrossentropy()]);
        return model;
    }

    private static IEnumerable<Batch> Batches(Dataset data)
    {
        for (int first = 0; first < data.Count; first += 10)
        {
            int count = Math.Min(10, data.Count - first);
            yield return new Batch(
                data.Features.Slice(first * data.FeatureSize, count * data.FeatureSize).ToArray(),
                data.Targets.Slice(first * data.TargetSize, count * data.TargetSize).ToArray(),
                count,
                data.SampleWeights.Slice(first, count).ToArray());
        }
    }

    private static IntoSpans Spans(Model model) => model.GetType()
        .GetMethod("Predict", [typeof(ReadOnlySpan<float>), typeof(ReadOnlySpan<float>), typeof(Span<float>), typeof(Span<float>)])!
        .CreateDelegate<IntoSpans>(model);

    private static IntoArrays Arrays(Model model) => model.GetType()
        .GetMethod("Predict", [typeof(ReadOnlySpan<float>), typeof(ReadOnlySpan<float>)])!
        .CreateDelegate<IntoArrays>(model);
}
