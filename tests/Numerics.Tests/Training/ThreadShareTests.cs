using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>
/// Small work stays on one thread: shared by two, a step of 13-64-64-1 with batches of 64 and 128 took up to twice as long as alone.
/// </summary>
public sealed class ThreadShareTests
{
    private static readonly NetworkLibrary s_library = new(
        new Blueprint("Small", [13], new DenseSketch(64, Activation.Relu), new DenseSketch(64, Activation.Relu), new DenseSketch(1)),
        new Blueprint("Digits", [784], new DenseSketch(128, Activation.Relu), new DenseSketch(10)));

    // The same time at every width: fewer samples where each takes longer.
    private static int Widths => Model.VectorBits / 128;

    [Theory]
    [InlineData("Small", 8)]
    [InlineData("Small", 16)]
    [InlineData("Small", 64)]
    [InlineData("Digits", 8)]
    public void SmallWorkIsOneThreads(string network, int samples) =>
        Assert.Equal(1, ThreadsWorth(network, samples * Widths, available: 8));

    [Theory]
    [InlineData("Small", 256, 3)]
    [InlineData("Digits", 16, 3)]
    [InlineData("Digits", 32, 6)]
    [InlineData("Digits", 64, 8)]
    public void LargeWorkIsShared(string network, int samples, int threads) =>
        Assert.Equal(threads, ThreadsWorth(network, samples * Widths, available: 8));

    private static int ThreadsWorth(string network, int samples, int available) =>
        TrainingLoop.ThreadsWorth(s_library.Create(network, Machines.Widest).Network, samples, available);
}
