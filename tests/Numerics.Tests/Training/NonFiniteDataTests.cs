using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>A feature or target that is NaN or infinite is named by row and column, and nothing is learnt from it.</summary>
public sealed class NonFiniteDataTests
{
    private const int Inputs = 256;
    private const int Targets = 3;
    private const int Small = 200;

    // More values than a cache holds: these are looked at batch by batch.
    private const int Large = 1500;

    private static readonly NetworkLibrary s_library = new(
        new Blueprint("Plain", [Inputs], new DenseSketch(4, Activation.Relu), new DenseSketch(Targets)),
        new Blueprint("Normalized", [Inputs], new LayerNormalizationSketch(), new DenseSketch(Targets)));

    [Theory]
    [InlineData(float.NaN, Small), InlineData(float.PositiveInfinity, Small), InlineData(float.NegativeInfinity, Small)]
    [InlineData(float.NaN, Large), InlineData(float.PositiveInfinity, Large), InlineData(float.NegativeInfinity, Large)]
    public void IsNamedInFitAndEvaluate(float value, int rows)
    {
        foreach (string network in new[] { "Plain", "Normalized" })
        {
            foreach ((Dataset data, string where) in new[] { Broken(rows, 57, feature: 255, value), Broken(rows, rows - 1, value, target: 2) })
            {
                Model model = Compiled(network);
                float[] before = Fits.Weights(model);

                AssertNamed($"{where}, both counted from 0, is {value}", () => model.Fit(data, epochs: 3, batchSize: rows));
                AssertNamed(where, () => model.Fit(data, epochs: 3, batchSize: rows, threads: 2));
                AssertNamed(where, () => model.Evaluate(data));
                AssertNamed(where, () => model.ComputeGradients(data));
                AssertNamed(where, () => model.Fit([new Batch(data.Features.ToArray(), data.Targets.ToArray(), rows)]));

                Assert.Equal(before, Fits.Weights(model));
            }
        }
    }

    [Theory]
    [InlineData(Small), InlineData(Large)]
    public void IsNamedWhateverTheBatchesAndTheOrder(int rows)
    {
        (Dataset data, string where) = Broken(rows, 57, feature: 2, float.NaN);

        AssertNamed(where, () => Compiled("Plain").Fit(data, batchSize: 7));
        AssertNamed(where, () => Compiled("Plain").Fit(Broken(rows, 58, feature: 2, 0f).Data, validation: data));
    }

    [Fact]
    public void IsNamedByItsRowInTheWholeWhenThereIsASplit()
    {
        (Dataset data, string where) = Broken(Small, Small - 1, feature: 2, float.NaN);

        AssertNamed(where, () => Compiled("Plain").Fit(data, validationSplit: 0.2f));
    }

    [Fact]
    public void IsNamedWithItsBatchInAStream()
    {
        Dataset good = Broken(Large, 0, feature: 0, 0f).Data;
        (Dataset bad, string where) = Broken(Large, 57, feature: 2, float.NaN);
        Batch[] batches = [.. new[] { good, bad }.Select(static data => new Batch(data.Features.ToArray(), data.Targets.ToArray(), data.Count))];

        string message = Assert.Throws<ArgumentException>(() => Compiled("Plain").Fit(batches)).Message;

        Assert.Contains("Batch 2 of epoch 1 is not usable", message, StringComparison.Ordinal);
        Assert.Contains(where, message, StringComparison.Ordinal);
    }

    private static void AssertNamed(string where, Action use) =>
        Assert.Contains(where, Assert.Throws<ArgumentException>(use).Message, StringComparison.Ordinal);

    private static (Dataset Data, string Where) Broken(int rows, int row, float value, int feature = -1, int target = -1)
    {
        float[] features = RandomValues.Uniform(rows * Inputs, seed: 1);
        float[] targets = RandomValues.Uniform(rows * Targets, seed: 2);
        ref float place = ref feature >= 0 ? ref features[(row * Inputs) + feature] : ref targets[(row * Targets) + target];
        place = value;
        return (new Dataset(features, targets, rows), feature >= 0 ? $"feature {feature} of row {row}" : $"target {target} of row {row}");
    }

    private static (Dataset Data, string Where) Broken(int rows, int row, int feature, float value) => Broken(rows, row, value, feature);

    private static Model Compiled(string name)
    {
        Model model = s_library.Create(name, Machines.Widest);
        model.Compile(new SGD(1e-6f), new MeanSquaredError());
        return model;
    }
}
