using Unroll.Numerics;

namespace Unroll.Shift;

/// <summary>Covariate shift: the inputs come from another distribution than those a network learnt from, p(x) ≠ q(x), while what they mean,
/// p(y|x), stays.</summary>
/// <remarks>
/// <para><see cref="Test"/> says whether and where it happened, <see cref="Weights"/> what each training sample should count so that the
/// training data stand for the new ones. Targets are never read. Both assume independent rows.</para>
/// <para>Sources: Rabanser, Günnemann and Lipton, "Failing loudly", 2019; Gretton et al., "A kernel two-sample test", 2012; Bickel, Brückner
/// and Scheffer, "Discriminative learning under covariate shift", 2009.</para>
/// </remarks>
/// <example><code>
/// CovariateShiftReport moved = CovariateShift.Test(train, recent);
/// Console.WriteLine(moved);
/// if (moved.IsShifted)
/// {
///     float[] weights = CovariateShift.Weights(train, recent);
///     var weighted = new Dataset(train.Features.ToArray(), train.Targets.ToArray(), train.Count, weights);
///     model.Fit(weighted, epochs: 20);
/// }
/// </code></example>
public static class CovariateShift
{
    // Two halves, of which one gives each of five folds a row, and the other enough for ranks.
    private const int LeastRowsOfTest = 20;

    private const int LeastRowsOfWeights = 10;

    /// <summary>Do source and target come from one distribution of features; if not, which features moved?</summary>
    /// <param name="source">What the network learnt from, or other samples of the same kind; at least 20 rows.</param>
    /// <param name="target">What it meets now; at least 20 rows.</param>
    /// <param name="level">The probability that anything at all is called shifted when nothing is, strictly between 0 and 1.</param>
    /// <param name="seed">Of the divisions that two of the tests draw; without one each call draws others.</param>
    /// <param name="featureNames">For the report: one name for each feature.</param>
    /// <remarks>
    /// <para>Half of the level goes to the features, half to the rows as wholes, so that a change is seen that shows in no single feature.</para>
    /// <para><b>Features.</b> A two-sample test of Kolmogorov and Smirnov each, D = max |F(x) − G(x)|, exact up to a million pairs of rows and
    /// with ties, corrected by Holm's method for their number.</para>
    /// <para><b>Rows.</b> Two tests, each at half of the half, on standardized features. One by a classifier (Lopez-Paz and Oquab,
    /// "Revisiting classifier two-sample tests", 2017): a logistic regression on the features, their squares and 100 random Fourier features
    /// learns on half of the rows to tell target from source, and a rank test (Mann and Whitney) asks whether it can on the other half. One
    /// by the maximum mean discrepancy with a Gaussian kernel of the median distance, by permutations, on at most 500 rows of each.</para>
    /// <para>With many rows a shift too small to matter is significant too: look at the sizes in the report, not at p-values alone.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The data sets differ in their feature size, have too few rows, or hold a value that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static CovariateShiftReport Test(
        Dataset source, Dataset target, float level = 0.05f, int? seed = null, IReadOnlyList<string>? featureNames = null)
    {
        SamplePair.Require(source, target, LeastRowsOfTest);
        if (!(level > 0f && level < 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level must be strictly between 0 and 1.");
        }

        if (featureNames is not null && featureNames.Count != source.FeatureSize)
        {
            throw new ArgumentException(
                $"Expected {source.FeatureSize} names, one for each feature, but got {featureNames.Count}.", nameof(featureNames));
        }

        RandomSource random = Seeds.Start(seed);
        return new CovariateShiftReport(
            source.Count,
            target.Count,
            level,
            FeatureTests.Run(source, target, level / 2, featureNames),
            ClassifierTest.Run(source, target, random),
            DiscrepancyTest.Run(source, target, level, random));
    }

    /// <summary>What each row of the source should count so that, weighted, the source is distributed as the target.</summary>
    /// <param name="source">The training data; at least 10 rows.</param>
    /// <param name="target">What the network is to do well on; at least 10 rows.</param>
    /// <param name="bound">The largest weight, at least 1. A smaller one trusts the source more: less variance, more bias.</param>
    /// <param name="seed">Of folds and random features; without one each call draws others.</param>
    /// <returns>A weight for each row of the source, from 0 to <paramref name="bound"/>, with mean 1. Weights that the source has already are
    /// not read: multiply by them.</returns>
    /// <remarks>
    /// <c>w(x) = q(x)/p(x) = exp(f(x))</c>, with f the logit of a classifier of target against source, both of equal weight: a logistic
    /// regression on the features, their squares and random Fourier features, its penalty chosen on rows left out, each row's logit by a
    /// training that left it out. Then <c>min(c·w, bound)</c> with the c that gives mean 1. Assumes p(y|x) unchanged, and p(x) &gt; 0 wherever
    /// q(x) &gt; 0: weights cannot stand for a region without samples; <see cref="EffectiveSampleSize"/> tells how much is left to learn from.
    /// Where nothing moved they are all near 1. Sources: Shimodaira, "Improving predictive inference under covariate shift by weighting the
    /// log-likelihood function", 2000; Bickel, Brückner and Scheffer, 2009.
    /// </remarks>
    /// <exception cref="ArgumentException">The data sets differ in their feature size, have too few rows, or hold a value that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The bound is less than 1 or not finite.</exception>
    public static float[] Weights(Dataset source, Dataset target, float bound = 10f, int? seed = null)
    {
        SamplePair.Require(source, target, LeastRowsOfWeights);
        if (!(bound >= 1f && float.IsFinite(bound)))
        {
            throw new ArgumentOutOfRangeException(nameof(bound), bound, "The bound must be finite and at least 1, the mean of the weights.");
        }

        var classifier = new DomainClassifier(source, target, Seeds.Start(seed));
        return BoundedWeights.FromLogarithms(classifier.LogitsOfSource(source), bound);
    }

    /// <summary>How many samples of equal weight tell as much as these: <c>(Σ w)²/Σ w²</c>, from 1 to their number.</summary>
    /// <remarks>Source: Kish, "Survey sampling", 1965.</remarks>
    /// <exception cref="ArgumentException">There is no weight, one is negative or not finite, or all are 0.</exception>
    public static float EffectiveSampleSize(ReadOnlySpan<float> weights)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0f && float.IsFinite(weights[i])))
            {
                throw new ArgumentException($"A weight must be finite and not negative, but that of row {i} is {weights[i]}.", nameof(weights));
            }

            sum += weights[i];
            squares += (double)weights[i] * weights[i];
        }

        return sum > 0
            ? (float)(sum * sum / squares)
            : throw new ArgumentException($"Expected a positive weight, but none of the {weights.Length} is.", nameof(weights));
    }
}
