using System.Runtime.Intrinsics.X86;

namespace Unroll.Numerics.Tests;

public class VectorMathTests
{
    private static readonly int[] s_widths = [128, 256, 512];

    public static TheoryData<string, int> ElementaryAtEachWidth => AtEachWidth(FunctionUnderTest.Elementary);

    public static TheoryData<string, int> ActivationsAtEachWidth => AtEachWidth(FunctionUnderTest.Activations);

    [Theory]
    [MemberData(nameof(ElementaryAtEachWidth))]
    public void ElementaryFunctionIsWithinTwoUlp(string name, int width)
    {
        FunctionUnderTest function = Supported(name, width);
        AssertWithin(function, width, _ => 2.0, relativeTo: 0);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void ExpOrZeroIsWithinTwoUlpAndNeverDenormal(int width)
    {
        Assert.SkipUnless(FunctionUnderTest.IsSupported(width), $"This machine has no {width}-bit vectors.");
        float[] points = [.. FloatSweep.Points.Where(static x => x <= 0), float.NegativeInfinity, -80f, MathF.BitDecrement(-80f), float.NaN];
        Array.Resize(ref points, (points.Length + 15) / 16 * 16);
        float[] results = FunctionUnderTest.ExpOrZero.Apply(width, points);
        for (int i = 0; i < points.Length; i++)
        {
            double distance = Ulp.Distance(results[i], FunctionUnderTest.ExpOrZero.Reference(points[i]));
            float scalar = VectorMath.ExpOrZero(points[i]);
            if (!(distance <= 2) || float.IsSubnormal(results[i]) || !scalar.Equals(results[i]))
            {
                Assert.Fail($"ExpOrZero({points[i]:R}) = {results[i]:R}, {distance:F2} ulp off, {scalar:R} by the scalar.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(ActivationsAtEachWidth))]
    public void ActivationIsWithinItsDocumentedError(string name, int width)
    {
        FunctionUnderTest function = Supported(name, width);
        (Func<float, double> ulps, double relativeTo) = DocumentedError(name);
        AssertWithin(function, width, ulps, relativeTo);
    }

    [Theory]
    [InlineData("Exp", 0f, float.PositiveInfinity)]
    [InlineData("Expm1", -1f, float.PositiveInfinity)]
    [InlineData("Log", float.NaN, float.PositiveInfinity)]
    [InlineData("Log1p", float.NaN, float.PositiveInfinity)]
    [InlineData("Tanh", -1f, 1f)]
    [InlineData("Sigmoid", 0f, 1f)]
    [InlineData("Erf", -1f, 1f)]
    [InlineData("Softplus", 0f, float.PositiveInfinity)]
    [InlineData("Gelu", 0f, float.PositiveInfinity)]
    [InlineData("GeluTanh", 0f, float.PositiveInfinity)]
    [InlineData("Swish", 0f, float.PositiveInfinity)]
    [InlineData("Mish", 0f, float.PositiveInfinity)]
    [InlineData("GeluDerivative", 0f, 1f)]
    [InlineData("GeluTanhDerivative", 0f, 1f)]
    [InlineData("SwishDerivative", 0f, 1f)]
    [InlineData("MishDerivative", 0f, 1f)]
    public void LimitsAtInfinityAreExactAndNaNPasses(string name, float atMinusInfinity, float atPlusInfinity)
    {
        float[] inputs = new float[16];
        inputs[0] = float.NegativeInfinity;
        inputs[1] = float.PositiveInfinity;
        inputs[2] = float.NaN;
        inputs[3] = -float.NaN;
        FunctionUnderTest function = FunctionUnderTest.Named(name);
        foreach (int width in s_widths.Where(FunctionUnderTest.IsSupported))
        {
            float[] results = function.Apply(width, inputs);
            Assert.Equal(atMinusInfinity, results[0]);
            Assert.Equal(atPlusInfinity, results[1]);
            Assert.Equal(float.NaN, results[2]);
            Assert.Equal(float.NaN, results[3]);
        }
    }

    [Theory]
    [InlineData("Log", 0f, float.NegativeInfinity)]
    [InlineData("Log", 1f, 0f)]
    [InlineData("Log1p", -1f, float.NegativeInfinity)]
    [InlineData("Log1p", 0f, 0f)]
    [InlineData("Exp", 0f, 1f)]
    [InlineData("Expm1", 0f, 0f)]
    [InlineData("Sigmoid", 0f, 0.5f)]
    [InlineData("GeluDerivative", 0f, 0.5f)]
    [InlineData("SwishDerivative", 0f, 0.5f)]
    public void ExactPointsAreExact(string name, float x, float expected) =>
        Assert.Equal(expected, FunctionUnderTest.Named(name).Scalar(x));

    [Fact]
    public void EveryWidthAndTheScalarGiveTheSameBits()
    {
        float[] points = [.. FloatSweep.Points.Where((_, i) => i % 11 == 0)];
        Array.Resize(ref points, points.Length / 16 * 16);
        foreach (FunctionUnderTest function in FunctionUnderTest.Elementary.Concat(FunctionUnderTest.Activations))
        {
            float[] narrow = function.Apply(128, points);
            foreach (int width in s_widths.Where(FunctionUnderTest.IsSupported))
            {
                AssertSameBits(function.Name, points, narrow, function.Apply(width, points));
            }

            AssertSameBits(function.Name, points, narrow, Array.ConvertAll(points, x => function.Scalar(x)));
        }
    }

    /// <summary>What the remarks of each activation promise, in ulp of max(|result|, the second number).</summary>
    private static (Func<float, double> Ulps, double RelativeTo) DocumentedError(string name) => name switch
    {
        "Gelu" => (_ => Fma.IsSupported ? 6 : 9, 0),
        "GeluTanh" => (x => x >= -1 ? 4 : x >= -4 ? 25 : 250, 1e-37),
        "Swish" => (_ => 4, 1e-36),
        "Mish" => (_ => Fma.IsSupported ? 4 : 5, 1e-36),
        _ => (_ => 4, 0.5),
    };

    private static TheoryData<string, int> AtEachWidth(IEnumerable<FunctionUnderTest> functions) =>
        [.. functions.SelectMany(f => s_widths.Select(width => (f.Name, width)))];

    private static FunctionUnderTest Supported(string name, int width)
    {
        Assert.SkipUnless(FunctionUnderTest.IsSupported(width), $"This machine has no {width}-bit vectors.");
        return FunctionUnderTest.Named(name);
    }

    private static void AssertWithin(FunctionUnderTest function, int width, Func<float, double> ulps, double relativeTo)
    {
        float[] points = FloatSweep.Points;
        float[] results = function.Apply(width, points);
        for (int i = 0; i < points.Length; i++)
        {
            double expected = function.Reference(points[i]);
            double distance = Ulp.Distance(results[i], expected);
            if (Math.Abs(expected) < relativeTo)
            {
                distance *= Ulp.Size(expected) / Ulp.Size(relativeTo);
            }

            if (!(distance <= ulps(points[i])))
            {
                Assert.Fail($"{function.Name}({points[i]:R}) = {results[i]:R}, expected {expected:R}: {distance:F2} ulp off.");
            }
        }
    }

    private static void AssertSameBits(string name, float[] points, float[] expected, float[] actual)
    {
        for (int i = 0; i < points.Length; i++)
        {
            bool same = BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i])
                || (float.IsNaN(expected[i]) && float.IsNaN(actual[i]));
            if (!same)
            {
                Assert.Fail($"{name}({points[i]:R}): {expected[i]:R} at 128 bits, {actual[i]:R} elsewhere.");
            }
        }
    }
}
