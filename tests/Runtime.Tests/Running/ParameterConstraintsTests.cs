using Unroll.Compiled;
using Unroll.Parameters;
using Unroll.Running;

namespace Unroll.Runtime.Tests.Running;

/// <summary>Constraints on packed parameters against their definitions on logical ones, in double precision.</summary>
public class ParameterConstraintsTests
{
    public static TheoryData<Constraint, float, float, float> Rules => new()
    {
        { Constraint.NonNeg, 0f, 0f, 0f },
        { Constraint.MaxNorm, 0f, 2f, 0f },
        { Constraint.MaxNorm, 0f, 0f, 0f },
        { Constraint.MinMaxNorm, 0f, 1f, 1f },
        { Constraint.MinMaxNorm, 1.5f, 2.5f, 0.25f },
        { Constraint.UnitNorm, 0f, 0f, 0f },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void KernelsAreConstrainedByUnit(Constraint constraint, float min, float max, float rate)
    {
        foreach ((int inputs, int units) in new[] { (1, 1), (3, 16), (7, 37), (100, 5) })
        {
            AssertConstrains(
                Kernel(inputs, units, constraint, min, max, rate),
                (values, i) => Enumerable.Range(0, inputs).Select(row => values[(row * units) + (i % units)]));
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void BiasesAreConstrainedAsAWhole(Constraint constraint, float min, float max, float rate)
    {
        foreach (int units in new[] { 1, 16, 37 })
        {
            ParameterDescription bias = Kernel(1, units, constraint, min, max, rate) with { Shape = [units], Arrangement = ParameterArrangement.Vectors };
            AssertConstrains(bias, static (values, _) => values);
        }
    }

    /// <summary>The slopes of a parametric rectifier: Keras's axis 0.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void VectorsOfSeveralAxesAreConstrainedAlongTheFirst(Constraint constraint, float min, float max, float rate)
    {
        foreach (int[] shape in new int[][] { [1, 5], [3, 16], [4, 37], [2, 3, 5], [3, 2, 17] })
        {
            int others = shape[1..].Aggregate(1, static (product, size) => product * size);
            ParameterDescription slopes = Kernel(1, 1, constraint, min, max, rate) with { Shape = shape, Arrangement = ParameterArrangement.Vectors };
            AssertConstrains(slopes, (values, i) => Enumerable.Range(0, shape[0]).Select(part => values[(part * others) + (i % others)]));
        }
    }

    [Fact]
    public void WhatIsNotConstrainedIsLeft()
    {
        float[] arena = [.. Enumerable.Range(0, 32).Select(static i => i - 5f)];
        float[] before = [.. arena];
        new ParameterConstraints(Network(arena.Length, Kernel(2, 3, Constraint.None, 0f, 0f, 0f))).Apply(arena);
        Assert.Equal(before, arena);
    }

    /// <summary>Numbers whose squares overflow, or vanish, and a vector of zeros.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void NoNumberIsTooLargeOrTooSmall(Constraint constraint, float min, float max, float rate)
    {
        foreach (float scale in new[] { 3e38f, 1e25f, 1e19f, 1e-25f, 1e-45f, 0f })
        {
            AssertConstrains(
                Kernel(7, 37, constraint, min, max, rate),
                (values, i) => Enumerable.Range(0, 7).Select(row => values[(row * 37) + (i % 37)]),
                scale);
            ParameterDescription bias = Kernel(1, 37, constraint, min, max, rate) with { Shape = [37], Arrangement = ParameterArrangement.Vectors };
            AssertConstrains(bias, static (values, _) => values, scale);
        }
    }

    /// <summary>A factor that overflows, times zero, would be no number.</summary>
    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    [InlineData(3e38f)]
    public void AVastLimitLeavesFiniteNumbers(float scale) => AssertConstrains(
        Kernel(3, 5, Constraint.MinMaxNorm, 3.4e38f, float.MaxValue, 1f),
        static (values, i) => Enumerable.Range(0, 3).Select(row => values[(row * 5) + (i % 5)]),
        scale);

    private static void AssertConstrains(ParameterDescription parameter, Func<double[], int, IEnumerable<double>> group, float scale = 1f)
    {
        var layout = new ParameterLayout(parameter);
        var random = new Random(layout.Count);
        float[] values = [.. Enumerable.Range(0, layout.Count).Select(_ => scale * (((float)random.NextDouble() * 2f) - 1f))];
        const int Behind = 16;
        float[] arena = new float[parameter.Offset + (layout.Count * 16) + Behind];
        Array.Fill(arena, -3f, 0, parameter.Offset);
        layout.Pack(values, arena);
        new ParameterConstraints(Network(arena.Length, parameter)).Apply(arena);

        double[] logical = [.. values.Select(static value => (double)value)];
        double[] expected = [.. logical.Select((weight, i) => Constrained(parameter, weight, Math.Sqrt(group(logical, i).Sum(static w => w * w))))];
        float[] actual = layout.Unpack(arena);
        Assert.All(
            expected.Zip(actual), static pair => Assert.Equal(pair.First, pair.Second, Math.Max(1, Math.Abs(pair.First)) * 1e-5));
        Assert.All(arena[..parameter.Offset], static value => Assert.Equal(-3f, value));
        Assert.Equal(actual.Count(static value => value != 0f), arena[parameter.Offset..].Count(static value => value != 0f));
    }

    // keras/src/constraints/constraints.py.
    private static double Constrained(ParameterDescription rule, double weight, double norm) => rule.Constraint switch
    {
        Constraint.NonNeg => Math.Max(weight, 0),
        Constraint.MaxNorm => weight * Math.Min(norm, rule.ConstraintMax) / (1e-7 + norm),
        Constraint.MinMaxNorm =>
            weight * ((rule.ConstraintRate * Math.Clamp(norm, rule.ConstraintMin, rule.ConstraintMax)) + ((1 - rule.ConstraintRate) * norm)) / (1e-7 + norm),
        _ => weight / (1e-7 + norm),
    };

    private static ParameterDescription Kernel(int inputs, int units, Constraint constraint, float min, float max, float rate) =>
        new("dense1/kernel", [inputs, units], 32, ParameterArrangement.Panels, true, Initializer.Zeros, 0f, 0f)
        {
            Constraint = constraint,
            ConstraintMin = min,
            ConstraintMax = max,
            ConstraintRate = rate,
        };

    private static NetworkDescription Network(int floats, ParameterDescription parameter) => new()
    {
        Name = "Net",
        Inputs = [new("input", [1]) { TrainingOffset = 0, TrainingStride = 1 }],
        Outputs = [new("output", [1]) { TrainingOffset = 0, InferenceOffset = 0, SampleOffset = 0, Stride = 16 }],
        Layers = [],
        Parameters = [parameter],
        ParameterFloats = floats,
        TrainedFloats = floats,
        BlockSamples = 1,
        InferenceBlockFloats = 0,
        SampleFloats = 0,
        TrainingSampleFloats = 0,
        TemporaryFloats = 0,
        Phases = [],
    };
}
