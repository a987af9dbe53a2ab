using Unroll.Numerics;

namespace Unroll.Shift;

/// <summary>Label shift: the classes come in other frequencies than those a classifier learnt from, p(y) ≠ q(y), while each class looks as
/// before, p(x|y).</summary>
/// <example><code>
/// LabelShiftEstimate labels = LabelShift.Estimate(model, validation, recent);
/// Console.WriteLine(labels);                                              // frequencies with intervals
/// float[] corrected = labels.Correct(model.Predict(recent.Features));     // probabilities under these frequencies
/// </code></example>
public static class LabelShift
{
    /// <summary>Estimates the frequencies of the classes in data without labels.</summary>
    /// <param name="classifier">A network that ends in a softmax, or in one sigmoid for two classes.</param>
    /// <param name="validation">Labelled samples of the kind it learnt from, but not those it learnt from, some of each class: labels 0, 1, …
    /// or one-hot.</param>
    /// <param name="target">The new samples. Their targets are not read.</param>
    /// <param name="method">How: by maximum likelihood with calibrated probabilities, or by the confusion matrix.</param>
    /// <param name="confidence">Of the intervals, strictly between 0 and 1.</param>
    /// <param name="seed">Of the bootstrap; without one each call draws others.</param>
    /// <remarks>
    /// <para>Assumes that each class looks in the target as in the validation data, p(x|y) unchanged, and that no class is new.</para>
    /// <para><b>Expectation maximization</b> (Saerens 2002) after bias-corrected temperature scaling on the validation data (Alexandari 2020):
    /// the q that maximizes <c>Σ log Σₖ qₖ·f(x)ₖ/pₖ</c> over the target, p the frequencies of the validation data.</para>
    /// <para><b>Confusion matrix</b> (Lipton 2018, black-box shift estimation): the q that solves <c>Σⱼ P(answer i | label j)·qⱼ = P(answer i in
    /// the target)</c>, cut off at 0.</para>
    /// <para>Intervals are percentiles of 200 bootstrap samples: of the validation data within each class, of the target, and all of the
    /// estimation repeated, calibration included.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The data do not fit the network, its outputs are no probabilities, a label is none of its classes, or
    /// a class has no validation sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1, or there is no such method.</exception>
    /// <exception cref="InvalidOperationException">The confusion matrix cannot be inverted, as far as the validation data tell: the classifier
    /// takes samples of one class for those of others so evenly that their frequencies cannot be told apart, by either method.</exception>
    public static LabelShiftEstimate Estimate(
        ModelBase classifier,
        Dataset validation,
        Dataset target,
        LabelShiftMethod method = LabelShiftMethod.ExpectationMaximization,
        float confidence = 0.95f,
        int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ClassProbabilities ofValidation = ClassProbabilities.Predict(classifier, validation, nameof(validation));
        ClassProbabilities ofTarget = ClassProbabilities.Predict(classifier, target, nameof(target));
        int[] labels = ClassLabels.Read(validation, ofValidation.Classes, nameof(validation));
        return EstimateFrom(ofValidation, labels, ofTarget, method, confidence, Seeds.Start(seed));
    }

    internal static LabelShiftEstimate EstimateFrom(
        ClassProbabilities validation,
        int[] labels,
        ClassProbabilities target,
        LabelShiftMethod method,
        float confidence,
        RandomSource random)
    {
        if (!(confidence > 0f && confidence < 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence must be strictly between 0 and 1.");
        }

        if (!Enum.IsDefined(method))
        {
            throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such method.");
        }

        int[] once = [.. Enumerable.Repeat(1, labels.Length)];
        ConfusionSystem.RequireInvertible(ConfusionSystem.Columns(validation.Answers, labels, once, validation.Classes), labels);
        var estimator = new FrequencyEstimator(validation, labels, target, method);
        ConfidenceInterval[] intervals = estimator.Bootstrap(confidence, random);
        int[] answers = Counts(validation.Answers, validation.Classes), answersOfTarget = Counts(target.Answers, validation.Classes);
        return new LabelShiftEstimate(
            method,
            confidence,
            sourceFrequencies: [.. Counts(labels, validation.Classes).Select(count => (float)count / labels.Length)],
            frequencies: Array.ConvertAll(estimator.Frequencies, static value => (float)value),
            intervals,
            estimator.CalibrationCoefficients,
            validation.IsSingle,
            pValue: (float)ChiSquared.Test(answers, answersOfTarget).PValue);
    }

    private static int[] Counts(int[] values, int classes)
    {
        int[] counts = new int[classes];
        foreach (int value in values)
        {
            counts[value]++;
        }

        return counts;
    }
}
