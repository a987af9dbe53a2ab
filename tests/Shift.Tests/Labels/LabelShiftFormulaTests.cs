using System.Text.Json;
using Unroll.Numerics;

namespace Unroll.Shift.Tests.Labels;

/// <summary>Both estimates of a small problem against numpy and scipy.</summary>
public sealed class LabelShiftFormulaTests
{
    private static readonly JsonElement s_golden = Golden.Values.GetProperty("label_shift");

    [Fact]
    public void ExpectationMaximizationReachesTheGreatestLikelihood()
    {
        LabelShiftEstimate estimate = Estimate(LabelShiftMethod.ExpectationMaximization);

        AssertClose(s_golden.GetProperty("em").Doubles(), estimate.Frequencies, 2e-5);
        AssertClose(s_golden.GetProperty("corrected").Doubles(), estimate.Correct(s_golden.Floats("target").AsSpan(0, 15)), 2e-5);
    }

    [Fact]
    public void TheConfusionMatrixIsInverted()
    {
        LabelShiftEstimate estimate = Estimate(LabelShiftMethod.ConfusionMatrix);

        AssertClose(s_golden.GetProperty("matrix").Doubles(), estimate.Frequencies, 1e-6);
    }

    [Fact]
    public void CalibrationIsThatOfAGeneralOptimizer()
    {
        ClassProbabilities validation = Validation();
        int[] labels = Labels();
        double[] coefficients = Calibration.None(3);

        Calibration.Fit(validation, labels, [.. Enumerable.Repeat(1, labels.Length)], coefficients, 1e-7);

        AssertClose(s_golden.GetProperty("calibration").Doubles(), [.. coefficients.Select(static value => (float)value)], 1e-3);
    }

    [Fact]
    public void TheAnswersOfTheClassifierTellThatFrequenciesMoved()
    {
        LabelShiftEstimate estimate = Estimate(LabelShiftMethod.ConfusionMatrix);

        Golden.AssertClose(s_golden.Number("p"), estimate.PValue, 1e-5);
        Assert.True(estimate.IsShifted);
    }

    private static LabelShiftEstimate Estimate(LabelShiftMethod method)
    {
        float[] target = s_golden.Floats("target");
        return LabelShift.EstimateFrom(
            Validation(), Labels(), ClassProbabilities.From(target, target.Length / 3, "target"), method, 0.95f, new RandomSource(1));
    }

    private static ClassProbabilities Validation()
    {
        float[] outputs = s_golden.Floats("validation");
        return ClassProbabilities.From(outputs, outputs.Length / 3, "validation");
    }

    private static int[] Labels() => [.. s_golden.Floats("labels").Select(static value => (int)value)];

    private static void AssertClose(double[] expected, IReadOnlyList<float> actual, double absolute)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Golden.AssertClose(expected[i], actual[i], 0, absolute);
        }
    }
}
