using Unroll.Numerics.Tests.Harness;
using Unroll.Running;

namespace Unroll.Numerics.Tests.Training;

/// <summary>
/// Small work stays on one thread: shared by two, a step of 13-64-64-1 with batches of 64 and 128 took 1.3 to 1.8 times as long as alone.
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

    /// <summary>How large the batches of a stream are is known only when they come.</summary>
    [Fact]
    public void LargeBatchesOfAStreamAreShared()
    {
        const int Rows = 512;
        Model model = s_library.Create("Digits", Machines.Widest);
        var loss = new MeetingLoss();
        model.Compile(new SGD(), loss);
        var batch = new Batch(RandomValues.Uniform(Rows * 784, seed: 1), RandomValues.Uniform(Rows * 10, seed: 2), Rows);

        model.Fit([batch], threads: 2);

        Assert.True(loss.HaveMet);
    }

    private static int ThreadsWorth(string network, int samples, int available) =>
        TrainingLoop.ThreadsWorth(s_library.Create(network, Machines.Widest).Network, samples, available);

    /// <summary>Its first call waits until a second thread calls it, or ten seconds.</summary>
    private sealed class MeetingLoss : Loss
    {
        private readonly ManualResetEventSlim _met = new();
        private int _first;

        public override string Name => "meeting";

        public bool HaveMet => _met.IsSet;

        public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
        {
            int thread = Environment.CurrentManagedThreadId;
            int first = Interlocked.CompareExchange(ref _first, thread, 0);
            if (first == 0)
            {
                _met.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            }
            else if (first != thread)
            {
                _met.Set();
            }

            gradient.Clear();
            return 0f;
        }
    }
}
