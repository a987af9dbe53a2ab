using Unroll.Numerics;

namespace Unroll.Shift.Tests.Labels;

public sealed class LabelShiftTests
{
    [Fact]
    public void OneSigmoidIsTwoClasses()
    {
        Gate gate = Trained();
        (Dataset validation, Dataset target) = (Binary(1, 600, 0.5), Binary(2, 800, 0.85));

        foreach (LabelShiftMethod method in Enum.GetValues<LabelShiftMethod>())
        {
            LabelShiftEstimate estimate = LabelShift.Estimate(gate, validation, target, method, seed: 1);

            Assert.True(estimate.IsShifted);
            Assert.Equal(2, estimate.Frequencies.Count);
            Assert.InRange(estimate.Frequencies[1], 0.80f, 0.90f);
            Assert.True(estimate.Interval[1].Contains(0.85f));
            float[] probabilities = gate.Predict(target.Features);
            float[] corrected = estimate.Correct(probabilities);
            Assert.Equal(probabilities.Length, corrected.Length);
            Assert.True(Right(corrected, target) > Right(probabilities, target));
        }
    }

    [Fact]
    public void TheReportHasALineForEachClass()
    {
        LabelShiftEstimate estimate = LabelShift.Estimate(Trained(), Binary(1, 600, 0.5), Binary(2, 800, 0.85), seed: 1);

        string[] lines = estimate.ToString().Split('\n');

        Assert.Equal(4, lines.Length);
        Assert.StartsWith("label shift: yes", lines[0]);
        Assert.Equal(estimate.Weights[1], estimate.Frequencies[1] / estimate.SourceFrequencies[1]);
    }

    [Fact]
    public void AClassifierThatKnowsNothingIsRefused()
    {
        var gate = new Gate(seed: 1);
        foreach (Parameter parameter in gate.Parameters)
        {
            parameter.Assign(new float[parameter.Count]);
        }

        var fault = Assert.Throws<InvalidOperationException>(() => LabelShift.Estimate(gate, Binary(1, 600, 0.5), Binary(2, 800, 0.85)));

        Assert.Contains("cannot be inverted", fault.Message);
        Assert.Contains("above all 0 and 1", fault.Message);
    }

    [Fact]
    public void ClassesThatOnlyChanceTellsApartAreRefusedByName()
    {
        // Class 2 is answered at random between 1 and 2, as class 1 is.
        var random = new RandomSource(1);
        int[] labels = new int[300];
        float[] outputs = new float[900];
        for (int row = 0; row < labels.Length; row++)
        {
            labels[row] = row % 3;
            outputs[(row * 3) + (labels[row] == 0 ? 0 : 1 + random.NextInt(2))] = 1f;
        }

        ClassProbabilities predictions = ClassProbabilities.From(outputs, 300, "validation");
        var fault = Assert.Throws<InvalidOperationException>(() => LabelShift.EstimateFrom(
            predictions, labels, predictions, LabelShiftMethod.ConfusionMatrix, 0.95f, random));

        Assert.Contains("above all 1 and 2", fault.Message);
    }

    [Fact]
    public void RefusesWhatIsNotOfTheClasses()
    {
        Gate gate = Trained();
        Dataset target = Binary(2, 50, 0.5);

        AssertRefused("none is of class 1", () => LabelShift.Estimate(gate, Labelled(0, 0, 0), target));
        AssertRefused("label of 0 to 1, but that of row 1 is 2", () => LabelShift.Estimate(gate, Labelled(0, 2, 1), target));
        AssertRefused("but that of row 0 is 0.5", () => LabelShift.Estimate(gate, Labelled(0.5f, 0, 1), target));
        AssertRefused("confidence", () => LabelShift.Estimate(gate, target, target, confidence: 1f));
        AssertRefused("one-hot", () => LabelShift.Estimate(gate, new Dataset([1f, 2f], [1f, 1f, 0f, 1f], 2), target));
        AssertRefused("Expected probabilities", () => LabelShift.Estimate(new Logits(seed: 1), new Dataset([9f, 9f], [0f], 1), new Dataset([9f, 9f], [0f], 1)));
        AssertRefused("positive multiple", () => LabelShift.Estimate(gate, Binary(1, 600, 0.5), target).Correct([]));
    }

    [Fact]
    public void OneHotTargetsAreLabels()
    {
        Dataset validation = Binary(1, 300, 0.5);
        float[] hot = [.. validation.Targets.ToArray().SelectMany(static label => new[] { 1 - label, label })];

        LabelShiftEstimate byLabel = LabelShift.Estimate(Trained(), validation, Binary(2, 300, 0.7), seed: 1);
        LabelShiftEstimate byHot = LabelShift.Estimate(
            Trained(), new Dataset(validation.Features.ToArray(), hot, 300), Binary(2, 300, 0.7), seed: 1);

        Assert.Equal(byLabel.Frequencies, byHot.Frequencies);
    }

    [Theory]
    [InlineData(LabelShiftMethod.ConfusionMatrix)]
    [InlineData(LabelShiftMethod.ExpectationMaximization)]
    public void IntervalsCoverAndTestsKeepTheirLevelIn1000Draws(LabelShiftMethod method)
    {
        if (method == LabelShiftMethod.ExpectationMaximization)
        {
            Draws.RequireCampaign();
        }

        var random = new RandomSource(7);
        double[] shifted = [0.5, 0.3, 0.2], even = [1.0 / 3, 1.0 / 3, 1.0 / 3];
        int covered = 0, found = 0;
        for (int draw = 0; draw < 1000; draw++)
        {
            (ClassProbabilities validation, int[] labels) = Mixture(random, 240, even);
            (ClassProbabilities target, _) = Mixture(random, 240, draw % 2 == 0 ? shifted : even);
            LabelShiftEstimate estimate = LabelShift.EstimateFrom(validation, labels, target, method, 0.95f, random);
            for (int k = 0; k < 3; k++)
            {
                covered += estimate.Interval[k].Contains((float)(draw % 2 == 0 ? shifted : even)[k]) ? 1 : 0;
            }

            found += draw % 2 != 0 && estimate.IsShifted ? 1 : 0;
        }

        // Percentile intervals are a little short at 240 samples; of 500 tests at 0.05, 12 to 42 is the range of 99.9 %.
        Assert.InRange(covered / 3000.0, 0.92, 0.97);
        Assert.InRange(found, 10, 42);
    }

    /// <summary>Three normal classes on a line of two, and their true probabilities where all are as frequent.</summary>
    private static (ClassProbabilities Outputs, int[] Labels) Mixture(RandomSource random, int count, double[] frequencies)
    {
        int[] labels = new int[count];
        float[] outputs = new float[3 * count];
        for (int row = 0; row < count; row++)
        {
            double draw = random.NextDouble();
            labels[row] = draw < frequencies[0] ? 0 : draw < frequencies[0] + frequencies[1] ? 1 : 2;
            double x = (2.2 * labels[row]) + random.NextNormal();
            double[] densities = [.. Enumerable.Range(0, 3).Select(k => Math.Exp(-(x - (2.2 * k)) * (x - (2.2 * k)) / 2))];
            for (int k = 0; k < 3; k++)
            {
                outputs[(3 * row) + k] = (float)(densities[k] / densities.Sum());
            }
        }

        return (ClassProbabilities.From(outputs, count, "outputs"), labels);
    }

    /// <summary>The gate of N(−1, 1) against N(1, 1) where both are as frequent: sigmoid(2x).</summary>
    private static Gate Trained()
    {
        var gate = new Gate(seed: 1);
        gate.Parameters[0].Assign([2f]);
        gate.Parameters[1].Assign([0f]);
        return gate;
    }

    private static Dataset Binary(ulong seed, int count, double ones)
    {
        var random = new RandomSource(seed);
        float[] features = new float[count], labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            labels[row] = random.NextDouble() < ones ? 1 : 0;
            features[row] = (float)((2 * labels[row]) - 1 + random.NextNormal());
        }

        return new Dataset(features, labels, count);
    }

    private static Dataset Labelled(params float[] labels) => new(labels, labels, labels.Length);

    private static int Right(float[] ones, Dataset data) =>
        Enumerable.Range(0, data.Count).Count(row => (ones[row] > 0.5f) == (data.Targets[row] > 0.5f));

    private static void AssertRefused(string expected, Action action) =>
        Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(action).Message);
}
