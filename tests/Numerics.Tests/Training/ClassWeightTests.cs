using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Class weights are sample weights looked up by the class.</summary>
public sealed class ClassWeightTests
{
    private static readonly Dictionary<int, float> s_weights = new() { [0] = 0.25f, [2] = 3f };

    private static readonly float[] s_ofSamples = [.. Enumerable.Range(0, Fits.Rows).Select(static row => 1f + (row % 4))];

    [Fact]
    public void LabelsAreLookedUpAndOneThatIsMissingCountsOne() => Assert.Equal(
        Trained(new Dataset(Fits.Features, Fits.Labels, Fits.Rows, ByLabel()), new SparseCategoricalCrossentropy(), null),
        Trained(Fits.Labelled, new SparseCategoricalCrossentropy(), s_weights));

    [Fact]
    public void OfOneHotTargetsTheLargestIsTheClass()
    {
        float[] oneHot = [.. Fits.Labels.SelectMany(static label => Enumerable.Range(0, Fits.Outputs).Select(i => i == label ? 1f : 0f))];
        Assert.Equal(
            Trained(new Dataset(Fits.Features, oneHot, Fits.Rows, ByLabel()), new CategoricalCrossentropy(), null),
            Trained(new Dataset(Fits.Features, oneHot, Fits.Rows), new CategoricalCrossentropy(), s_weights));
    }

    [Fact]
    public void TheWeightsOfSamplesMultiplyThem()
    {
        float[] products = [.. ByLabel().Zip(s_ofSamples, static (ofClass, ofSample) => ofClass * ofSample)];
        Assert.Equal(
            Trained(new Dataset(Fits.Features, Fits.Labels, Fits.Rows, products), new SparseCategoricalCrossentropy(), null),
            Trained(new Dataset(Fits.Features, Fits.Labels, Fits.Rows, s_ofSamples), new SparseCategoricalCrossentropy(), s_weights));
    }

    [Fact]
    public void ValidationDoesNotSeeThem()
    {
        Model model = Fits.Classifier();
        model.Compile(new SGD(), new SparseCategoricalCrossentropy());
        History history = model.Fit(Fits.Labelled, validation: Fits.Labelled, classWeight: s_weights);
        Assert.Equal(model.Evaluate(Fits.Labelled)["loss"], history["val_loss"][0]);
    }

    [Theory]
    [InlineData(3, 1f, "There is no class 3")]
    [InlineData(-1, 1f, "There is no class -1")]
    [InlineData(1, -2f, "class 1 is -2")]
    [InlineData(1, float.NaN, "class 1 is NaN")]
    public void WhatIsNoneIsNamed(int label, float weight, string message)
    {
        Model model = Fits.Classifier();
        model.Compile(new SGD(), new SparseCategoricalCrossentropy());
        var error = Assert.Throws<ArgumentException>(
            () => model.Fit(Fits.Labelled, classWeight: new Dictionary<int, float> { [label] = weight }));
        Assert.Equal("classWeight", error.ParamName);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralPredictionsASampleHaveNoClass()
    {
        Model model = Fits.Ranked();
        model.Compile(new SGD(), new MeanSquaredError());
        var data = new Dataset(RandomValues.Uniform(2 * Fits.Inputs, 1), RandomValues.Uniform(2 * Fits.Outputs, 2), 1);
        var error = Assert.Throws<ArgumentException>(() => model.Fit(data, classWeight: s_weights));
        Assert.Contains("2 (2 × 3)", error.Message, StringComparison.Ordinal);
    }

    /// <summary>As for hinge losses, whose labels are −1 and 1.</summary>
    [Fact]
    public void TheLabelOfASingleOutputMayBeNegative()
    {
        float[] labels = [.. Enumerable.Range(0, Fits.Rows).Select(static row => row % 2 == 0 ? -1f : 1f)];
        float[] weights = [.. labels.Select(static label => label < 0f ? 2f : 1f)];
        Assert.Equal(Weights(new Dataset(Fits.Features, labels, Fits.Rows, weights), null), Weights(new Dataset(Fits.Features, labels, Fits.Rows), new() { [-1] = 2f }));

        static float[] Weights(Dataset data, Dictionary<int, float>? classWeight)
        {
            Model model = Fits.Single();
            model.Compile(new SGD(0.1f), new Hinge());
            model.Fit(data, classWeight: classWeight);
            return Fits.Weights(model);
        }
    }

    private static float[] ByLabel() => [.. Fits.Labels.Select(static label => s_weights.GetValueOrDefault((int)label, 1f))];

    private static float[] Trained(Dataset data, Loss loss, IReadOnlyDictionary<int, float>? classWeight)
    {
        Model model = Fits.Classifier();
        model.Compile(new SGD(0.1f), loss);
        History history = model.Fit(data, epochs: 2, batchSize: 5, classWeight: classWeight);
        return [.. Fits.Weights(model), .. history["loss"]];
    }
}
