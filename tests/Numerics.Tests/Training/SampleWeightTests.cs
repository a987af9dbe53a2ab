using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Weighted losses and gradients are Σᵢ wᵢ·lᵢ / n: the sum over single samples, in double precision.</summary>
public sealed class SampleWeightTests
{
    private static readonly float[] s_weights =
        [.. RandomValues.Uniform(Fits.Rows, seed: 5).Select(static (value, row) => row % 5 == 0 ? 0f : 1f + value)];

    public static TheoryData<string, bool> Networks => new() { { "Classifier", true }, { "Classifier", false }, { "Ranked", false } };

    [Theory]
    [MemberData(nameof(Networks))]
    public void ALossIsMultipliedAndTheDivisorStaysTheCount(string network, bool fuse)
    {
        (Model model, Dataset data) = Create(network, fuse);
        double expected = 0;
        for (int row = 0; row < data.Count; row++)
        {
            expected += data.SampleWeights[row] * (double)model.ComputeGradients(Unweighted(data, row)).Loss / data.Count;
        }

        Assert.Equal(expected, model.ComputeGradients(data).Loss, 1e-5);
        Assert.Equal(expected, model.Evaluate(data)["loss"], 1e-5);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void SoIsEveryGradient(string network, bool fuse)
    {
        (Model model, Dataset data) = Create(network, fuse);
        Gradients[] singles = [.. Enumerable.Range(0, data.Count).Select(row => model.ComputeGradients(Unweighted(data, row)))];
        Gradients weighted = model.ComputeGradients(data);
        foreach (string name in model.Parameters.Select(static parameter => parameter.Name))
        {
            for (int i = 0; i < weighted[name].Length; i++)
            {
                double expected = singles.Select((single, row) => s_weights[row] * (double)single[name][i]).Sum() / data.Count;
                Assert.Equal(expected, weighted[name][i], 1e-6);
            }
        }
    }

    [Fact]
    public void WeightsOfOneChangeNoBit()
    {
        float[] ones = [.. Enumerable.Repeat(1f, Fits.Rows)];
        Assert.Equal(Trained(Fits.Labelled), Trained(new Dataset(Fits.Features, Fits.Labels, Fits.Rows, ones)));
    }

    [Fact]
    public void TrainingFollowsTheRowsThroughShuffling()
    {
        // Rows of weight 0 have no say: whatever is in them, the parameters are the same.
        float[] mask = [.. Enumerable.Range(0, Fits.Rows).Select(static row => row % 3 == 0 ? 0f : 1f)];
        float[] garbled = [.. Fits.Features.Select(static (value, i) => i / Fits.Inputs % 3 == 0 ? -7f : value)];
        Assert.Equal(
            Trained(new Dataset(Fits.Features, Fits.Labels, Fits.Rows, mask)), Trained(new Dataset(garbled, Fits.Labels, Fits.Rows, mask)));
        Assert.NotEqual(Trained(Fits.Labelled), Trained(new Dataset(Fits.Features, Fits.Labels, Fits.Rows, mask)));
    }

    [Fact]
    public void MetricsDoNotSeeThem()
    {
        Model model = Fits.Classifier();
        model.Compile(new SGD(), new SparseCategoricalCrossentropy(), new Accuracy());
        float plain = model.Evaluate(Fits.Labelled)["accuracy"];
        float[] wrong = [.. Enumerable.Range(0, Fits.Rows).Select(row => IsRight(model, row) ? 0f : 1f)];
        Assert.InRange(plain, 0.01f, 0.99f);
        var weighted = new Dataset(Fits.Features, Fits.Labels, Fits.Rows, wrong);
        Assert.Equal(plain, model.Evaluate(weighted)["accuracy"]);
        Assert.Equal(plain, model.Fit(weighted, batchSize: Fits.Rows)["accuracy"][0]);
    }

    [Fact]
    public void ValidationIsWeighted()
    {
        Model model = Fits.Classifier();
        model.Compile(new SGD(), new SparseCategoricalCrossentropy());
        var weighted = new Dataset(Fits.Features, Fits.Labels, Fits.Rows, s_weights);
        History history = model.Fit(Fits.Labelled, validation: weighted);
        Assert.Equal(model.Evaluate(weighted)["loss"], history["val_loss"][0]);
        Assert.NotEqual(model.Evaluate(Fits.Labelled)["loss"], history["val_loss"][0]);
    }

    [Fact]
    public void AWeightThatBecameNoneIsRefused()
    {
        Model model = Fits.Classifier();
        model.Compile(new SGD(), new SparseCategoricalCrossentropy());
        float[] weights = [.. Enumerable.Repeat(1f, Fits.Rows)];
        var data = new Dataset(Fits.Features, Fits.Labels, Fits.Rows, weights);
        weights[2] = -3f;
        Assert.Contains("row 2 is -3", Assert.Throws<ArgumentException>(() => model.Fit(data)).Message, StringComparison.Ordinal);
    }

    private static (Model Model, Dataset Data) Create(string network, bool fuse)
    {
        Model model = network == "Ranked" ? Fits.Ranked() : Fits.Classifier();
        RandomValues.AssignTo(model, seed: 4);
        Loss loss = network == "Ranked" ? new MeanSquaredError() : new SparseCategoricalCrossentropy(fuse: fuse);
        model.Compile(new SGD(), loss);
        return (model, network == "Ranked"
            ? new Dataset(
                RandomValues.Uniform(Fits.Rows * 2 * Fits.Inputs, 6), RandomValues.Uniform(Fits.Rows * 2 * Fits.Outputs, 7), Fits.Rows, s_weights)
            : new Dataset(Fits.Features, Fits.Labels, Fits.Rows, s_weights));
    }

    private static Dataset Unweighted(Dataset data, int row) => new(data.FeaturesOf(row).ToArray(), data.TargetOf(row).ToArray(), 1);

    private static float[] Trained(Dataset data)
    {
        Model model = Fits.Classifier();
        model.Compile(new Adam(), new SparseCategoricalCrossentropy());
        model.Fit(data, epochs: 3, batchSize: 5);
        return Fits.Weights(model);
    }

    private static bool IsRight(Model model, int row)
    {
        float[] outputs = model.Predict(Fits.Labelled.FeaturesOf(row));
        return Array.IndexOf(outputs, outputs.Max()) == Fits.Labels[row];
    }
}
