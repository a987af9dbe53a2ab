using Unroll.Numerics.Tests.Harness;
using Unroll.Running;

namespace Unroll.Numerics.Tests;

/// <summary>Predictions on several threads, which share the rows of a single picture or blocks of samples, have the bits of one thread's.</summary>
public sealed class SharedRowsTests
{
    // 6.8 million multiply-adds in convolutions large enough to share: with and without padding, with strides, of rows that few threads divide.
    private static readonly NetworkLibrary s_library = new(
        """
        [Network(37, 30, 3)]
        [Conv2D(32, 3, Activation.Relu, Padding = Padding.Same)]
        [Conv2D(16, 3, Activation.Tanh, Padding = Padding.Same)]
        [MaxPooling2D(2)]
        [Conv2D(20, 3, Padding = Padding.Same)]
        [BatchNormalization]
        [Flatten]
        [Dense(5, Activation.Softmax)]
        public sealed partial class Picture;

        [Network(37, 30, 3)]
        [Conv2D(32, 3, Activation.Relu, Padding = Padding.Same)]
        [MaxPooling2D(2)]
        [Conv2D(64, 3, Activation.Relu, Padding = Padding.Same)]
        [AveragePooling2D([2, 2])]
        [Flatten]
        [Dense(5, Activation.Softmax)]
        public sealed partial class Pooled;

        [Network(12, 12, 3)] [Conv2D(8, 3)] [Flatten] [Dense(5)]
        public sealed partial class Small;
        """);

    public static TheoryData<Machine> EachMachine => [.. Machines.All];

    [Fact]
    public void LargeConvolutionsAreShared()
    {
        Assert.Equal([false, true, true, false, true, false], s_library.Create("Picture", Machines.Widest).Network.RowPhases);
        Assert.Equal([false, true, true, false], s_library.Create("Pooled", Machines.Widest).Network.RowPhases);
        Assert.Empty(s_library.Create("Small", Machines.Widest).Network.RowPhases);
    }

    [Theory]
    [MemberData(nameof(EachMachine))]
    public void ASinglePictureIsThatOfOneThread(Machine machine)
    {
        Check(s_library.Create("Picture", machine));
        Check(s_library.Create("Pooled", machine));
    }

    private static void Check(Model model)
    {
        float[] x = RandomValues.Uniform(37 * 30 * 3, seed: 7);
        float[] expected = model.Predict(x);
        float[] shared = new float[5];
        foreach (int threads in new[] { 0, 1, 2, 3, 5, 40 })
        {
            model.Predict(x, shared, threads);
            Assert.Equal(expected, shared);
            Array.Clear(shared);
            model.Snapshot().Predict(x, shared, threads);
            Assert.Equal(expected, shared);
        }
    }

    [Theory]
    [MemberData(nameof(EachMachine))]
    public void SamplesAreThoseOfOneThread(Machine machine)
    {
        Model model = s_library.Create("Picture", machine);
        foreach (int samples in new[] { 0, 2, 5, 33 })
        {
            float[] x = RandomValues.Uniform(samples * 37 * 30 * 3, seed: samples);
            float[] shared = new float[samples * 5];
            model.Predict(x, shared, threads: 3);
            Assert.Equal(model.Predict(x), shared);
        }
    }

    /// <summary>Two pictures are as much work for a thread as the halves of a single one.</summary>
    [Theory]
    [InlineData("Picture", 0, 1)]
    [InlineData("Picture", 1, 2)]
    [InlineData("Picture", 2, 2)]
    [InlineData("Small", 1, 1)]
    [InlineData("Small", 2, 1)]
    public void AsManyThreadsWorkAsTheSamplesAreWorth(string name, int samples, int threads) =>
        Assert.Equal(threads, SharedPrediction.ThreadsWorth(s_library.Create(name, Machines.Widest).Network, samples, most: 2));

    [Fact]
    public void CallsAtTheSameTimeEachHaveTheirOwn()
    {
        Model model = s_library.Create("Picture", Machines.Widest);
        Model other = s_library.Create("Small", Machines.Widest);
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 6 }, index =>
        {
            Model own = index % 3 == 0 ? other : model;
            float[] x = RandomValues.Uniform((1 + (index % 4)) * own.Network.InputSize, seed: index);
            float[] shared = new float[(1 + (index % 4)) * 5];
            own.Predict(x, shared, threads: 2);
            Assert.Equal(own.Predict(x), shared);
        });
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Model model = s_library.Create("Picture", Machines.Widest);
        float[] x = new float[model.Network.InputSize];
        Assert.Equal("threads", Assert.Throws<ArgumentOutOfRangeException>(() => model.Predict(x, new float[5], threads: -1)).ParamName);
        Assert.Equal("outputs", Assert.Throws<ArgumentException>(() => model.Predict(x, new float[6], threads: 2)).ParamName);
        Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => model.Predict(x.AsSpan(1), new float[5], threads: 2)).ParamName);
        Assert.Equal("outputs", Assert.Throws<ArgumentException>(() => model.Predict(x, x.AsSpan(0, 5), threads: 2)).ParamName);
    }
}
