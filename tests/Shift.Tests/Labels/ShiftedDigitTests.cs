using Unroll.Tests;

namespace Unroll.Shift.Tests.Labels;

/// <summary>Digits with other frequencies than in the training: they are estimated, and the correction is worth a training with the true ones.</summary>
public sealed class ShiftedDigitTests
{
    private const float FrequencyTolerance = 0.02f;
    private const float AccuracyTolerance = 0.005f;

    private static readonly float[] s_shares = [1f, 0.2f, 0.2f, 1f, 0.2f, 0.2f, 0.2f, 0.2f, 0.2f, 0.8f];

    [Theory]
    [InlineData(LabelShiftMethod.ExpectationMaximization)]
    [InlineData(LabelShiftMethod.ConfusionMatrix)]
    public void OpticalDigits(LabelShiftMethod method)
    {
        (Dataset known, Dataset later) = RealData.Digits().Split(0.55f, seed: 1);
        (Dataset training, Dataset validation) = known.Split(0.6f, seed: 2);

        AssertMended(static () => new DigitNetwork(seed: 1), training, validation, RealData.Thinned(later, s_shares, 3), epochs: 40, method);
    }

    [Theory]
    [InlineData(LabelShiftMethod.ExpectationMaximization)]
    [InlineData(LabelShiftMethod.ConfusionMatrix)]
    public void MnistDigits(LabelShiftMethod method)
    {
        SlowTests.Require("It trains on MNIST");
        (Dataset training, Dataset test) = RealData.MnistImages();

        AssertMended(
            static () => new MnistNetwork(seed: 1),
            training.Take(10_000),
            training.Skip(50_000).Take(2500),
            RealData.Thinned(test.Take(6000), s_shares, 4),
            epochs: 4,
            method);
    }

    private static void AssertMended(
        Func<Model> create, Dataset training, Dataset validation, Dataset target, int epochs, LabelShiftMethod method)
    {
        float[] truth = RealData.FrequenciesOf(target, 10), before = RealData.FrequenciesOf(training, 10);
        Model model = Trained(create, training, epochs, null);
        Model retrained = Trained(create, training, epochs, Enumerable.Range(0, 10).ToDictionary(k => k, k => truth[k] / before[k]));

        LabelShiftEstimate estimate = LabelShift.Estimate(model, validation, target, method, seed: 1);

        Assert.True(estimate.IsShifted);
        for (int k = 0; k < 10; k++)
        {
            Assert.InRange(estimate.Frequencies[k], truth[k] - FrequencyTolerance, truth[k] + FrequencyTolerance);
        }

        float corrected = RealData.AccuracyOf(estimate.Correct(model.Predict(target.Features)), target);
        float best = RealData.AccuracyOf(retrained.Predict(target.Features), target);
        Assert.True(corrected >= best - AccuracyTolerance, FormattableString.Invariant($"corrected {corrected:0.0000}, retrained {best:0.0000}"));
    }

    private static Model Trained(Func<Model> create, Dataset training, int epochs, IReadOnlyDictionary<int, float>? classWeight)
    {
        Model model = create();
        model.Compile(new Adam(0.002f), new SparseCategoricalCrossentropy());
        model.Fit(training, epochs, seed: 1, classWeight: classWeight);
        return model;
    }
}
