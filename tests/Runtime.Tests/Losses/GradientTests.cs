using Unroll.Numerics;

namespace Unroll.Runtime.Tests.Losses;

/// <summary>The derivative of what the code computes, by central differences of its own values.</summary>
public class GradientTests
{
    public static TheoryData<Loss, string> Losses() => new()
    {
        { new MeanSquaredError(), "real" },
        { new MeanAbsoluteError(), "real" },
        { new BinaryCrossentropy(), "probability" },
        { new BinaryCrossentropy(labelSmoothing: 0.3f), "probability" },
        { new BinaryCrossentropy(fromLogits: true), "logit" },
        { new CategoricalCrossentropy(), "probability" },
        { new CategoricalCrossentropy(labelSmoothing: 0.3f), "probability" },
        { new CategoricalCrossentropy(fromLogits: true), "logit" },
        { new SparseCategoricalCrossentropy(), "probability" },
        { new SparseCategoricalCrossentropy(fromLogits: true), "logit" },
        { new MeanAbsolutePercentageError(), "probability" },
        { new MeanSquaredLogarithmicError(), "probability" },
        { new Huber(0.5f), "real" },
        { new LogCosh(), "real" },
        { new Hinge(), "real" },
        { new SquaredHinge(), "real" },
        { new CategoricalHinge(), "logit" },
        { new KLDivergence(), "probability" },
        { new Poisson(), "probability" },
        { new CosineSimilarity(), "real" },
        { new BinaryFocalCrossentropy(applyClassBalancing: true), "probability" },
        { new BinaryFocalCrossentropy(gamma: 0.5f), "probability" },
        { new BinaryFocalCrossentropy(fromLogits: true), "logit" },
        { new CategoricalFocalCrossentropy(), "probability" },
        { new CategoricalFocalCrossentropy(gamma: 0.5f, fromLogits: true), "logit" },
    };

    [Fact]
    public void EveryLossIsHere() => Assert.Equal(
        LossCatalogue.Types, Losses().Select(static row => row.Data.Item1.GetType()).Distinct().OrderBy(static type => type.Name, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Losses))]
    public void GradientAgreesWithCentralDifferences(Loss loss, string domain)
    {
        // A seed whose draws lie further from every kink (p = y, 1 = y·p) than the step of the differences.
        var random = new RandomSource(9);
        foreach (int n in (int[])[1, 2, 3, 10, 17])
        {
            float[] prediction = Draw(random, n, domain == "probability");
            float[] target = loss.TargetSizeFor(n) == 1 && n > 1
                ? [random.NextInt(n)]
                : Draw(random, loss.TargetSizeFor(n), domain != "real");
            if (loss is SparseCategoricalCrossentropy && n == 1)
            {
                target = [0f];
            }

            float[] gradient = new float[n];
            loss.Evaluate(prediction, target, gradient);
            for (int i = 0; i < n; i++)
            {
                AssertDerivative(loss, prediction, target, i, gradient[i]);
            }
        }
    }

    private static void AssertDerivative(Loss loss, float[] prediction, float[] target, int i, float derivative)
    {
        float at = prediction[i];
        prediction[i] = at + 2e-3f;
        double up = loss.Evaluate(prediction, target, []);
        double step = prediction[i];
        prediction[i] = at - 2e-3f;
        double down = loss.Evaluate(prediction, target, []);
        step -= prediction[i];
        prediction[i] = at;
        Golden.AssertClose((up - down) / step, derivative, 2e-3, 1e-3, $"{loss.Name} of {prediction.Length} values, gradient[{i}]");
    }

    private static float[] Draw(RandomSource random, int n, bool probability) =>
        [.. Enumerable.Range(0, n).Select(_ => probability ? 0.1f + (0.8f * (float)random.NextDouble()) : (float)random.NextNormal())];
}
