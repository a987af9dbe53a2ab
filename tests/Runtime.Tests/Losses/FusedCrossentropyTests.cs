using Unroll.Numerics;

namespace Unroll.Runtime.Tests.Losses;

public class FusedCrossentropyTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(0.2f)]
    public void CategoricalAgreesWithItsUnfusedForm(float smoothing)
    {
        var random = new RandomSource(3);
        foreach (int n in (int[])[2, 3, 10, 33])
        {
            (float[] logits, float[] probabilities) = Softmax(random, n);
            float[] target = new float[n];
            target[random.NextInt(n)] = 1f;
            var clipped = new CategoricalCrossentropy(labelSmoothing: smoothing);
            var fromLogits = new CategoricalCrossentropy(fromLogits: true, labelSmoothing: smoothing);
            float[] expected = new float[n];
            float[] gradient = new float[n];

            float value = clipped.EvaluateLogits(logits, probabilities, target, gradient);

            Golden.AssertClose(clipped.Evaluate(probabilities, target, []), value, 1e-5, 1e-6, "value, from probabilities");
            Golden.AssertClose(fromLogits.Evaluate(logits, target, expected), value, 1e-5, 1e-6, "value, from logits");
            AssertAll(expected, gradient);
        }
    }

    [Fact]
    public void SparseAgreesWithCategorical()
    {
        var random = new RandomSource(4);
        (float[] logits, float[] probabilities) = Softmax(random, 10);
        float[] oneHot = new float[10];
        oneHot[7] = 1f;
        float[] expected = new float[10];
        float[] gradient = new float[10];
        float categorical = new CategoricalCrossentropy().EvaluateLogits(logits, probabilities, oneHot, expected);

        float value = new SparseCategoricalCrossentropy().EvaluateLogits(logits, probabilities, [7f], gradient);

        Assert.Equal(categorical, value);
        AssertAll(expected, gradient);
    }

    [Fact]
    public void BinaryGradientIsProbabilityMinusTargetOverLength()
    {
        float[] logits = [-3f, 0f, 2f, 30f];
        float[] probabilities = [.. logits.Select(z => (float)(1 / (1 + Math.Exp(-z))))];
        float[] target = [0f, 1f, 1f, 0f];
        float[] gradient = new float[4];

        float value = new BinaryCrossentropy().EvaluateLogits(logits, probabilities, target, gradient);

        double expected = logits.Zip(target, (z, y) => Math.Max(z, 0) - (z * y) + Math.Log(1 + Math.Exp(-Math.Abs(z)))).Average();
        Golden.AssertClose(expected, value, 1e-6, 0, "value");
        Assert.Equal([.. probabilities.Zip(target, (p, y) => (p - y) / 4f)], gradient);
    }

    [Fact]
    public void ValuesStayExactWhereProbabilitiesHaveRounded()
    {
        float[] logits = [60f, -60f];
        float[] probabilities = [1f, 0f];

        Assert.Equal(120f, new SparseCategoricalCrossentropy().EvaluateLogits(logits, probabilities, [1f], []));
        Assert.Equal(120f, new CategoricalCrossentropy().EvaluateLogits(logits, probabilities, [0f, 1f], []));
        Assert.Equal(60f, new BinaryCrossentropy().EvaluateLogits([60f], [1f], [0f], []));
        Assert.Equal(MathF.Exp(-20f), new BinaryCrossentropy().EvaluateLogits([20f], [1f], [1f], []), 1e-14f);
    }

    [Fact]
    public void ANotANumberAmongTheLogitsIsNotLost()
    {
        float[] logits = [float.NaN, 1f, 2f];
        float[] probabilities = [float.NaN, float.NaN, float.NaN];

        Assert.True(float.IsNaN(new SparseCategoricalCrossentropy().EvaluateLogits(logits, probabilities, [1f], [])));
        Assert.True(float.IsNaN(new CategoricalCrossentropy().EvaluateLogits(logits, probabilities, [0f, 1f, 0f], [])));
    }

    [Fact]
    public void OnlyTheirOwnHeadFusesAndOnlyWhereAsked()
    {
        foreach (Activation head in Enum.GetValues<Activation>())
        {
            Assert.Equal(head == Activation.Sigmoid, new BinaryCrossentropy().FusesWith(head));
            Assert.Equal(head == Activation.Softmax, new CategoricalCrossentropy().FusesWith(head));
            Assert.Equal(head == Activation.Softmax, new SparseCategoricalCrossentropy().FusesWith(head));
            Assert.False(new BinaryCrossentropy(fuse: false).FusesWith(head));
            Assert.False(new CategoricalCrossentropy(fuse: false).FusesWith(head));
            Assert.False(new SparseCategoricalCrossentropy(fuse: false).FusesWith(head));
            Assert.False(new SparseCategoricalCrossentropy(fromLogits: true).FusesWith(head));
            Assert.False(new MeanSquaredError().FusesWith(head));
        }
    }

    private static (float[] Logits, float[] Probabilities) Softmax(RandomSource random, int n)
    {
        float[] logits = [.. Enumerable.Range(0, n).Select(_ => 3f * (float)random.NextNormal())];
        double[] exponentials = [.. logits.Select(z => Math.Exp(z))];
        return (logits, [.. exponentials.Select(e => (float)(e / exponentials.Sum()))]);
    }

    private static void AssertAll(float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Golden.AssertClose(expected[i], actual[i], 1e-5, 1e-6, $"gradient[{i}]");
        }
    }
}
