using System.Diagnostics;
using Unroll.Numerics.Tests.Harness;
using Unroll.Tests;

namespace Unroll.Numerics.Tests;

/// <summary>Predictions of many threads at once, on one model and on models of different sizes that share a thread's scratch memory.</summary>
public sealed class ConcurrencyTests
{
    private static readonly NetworkLibrary s_library = new(
        new Blueprint("Small", [5], new DenseSketch(3, Activation.Tanh)),
        new Blueprint("Large", [50], new DenseSketch(170, Activation.Gelu), new DenseSketch(60, Activation.Softmax)),
        new Blueprint("Folded", [16], new BatchNormalizationSketch(), new DenseSketch(40), new DenseSketch(3)));

    private static readonly NetworkLibrary s_streams = new("[Network(20, 2, Streaming = true)] [LSTM(16)] [Dense(2)] public sealed partial class Streamed;");

    private static readonly TimeSpan s_campaign = TimeSpan.FromHours(1);

    [Fact]
    public void EveryThreadGetsItsOwnAnswer()
    {
        const int Threads = 8;
        Model[] models = [s_library.Create("Large", Machines.Widest), s_library.Create("Small", Machines.Widest)];
        float[][][] inputs = [.. models.Select(model => Enumerable.Range(0, Threads)
            .Select(thread => RandomValues.Uniform(model.Network.InputSize * (1 + (9 * thread)), seed: thread)).ToArray())];
        float[][][] alone = [.. models.Zip(inputs, static (model, sets) => sets.Select(set => model.Predict(set)).ToArray())];
        using var start = new Barrier(Threads);
        int wrong = 0;
        long predictions = 0;
        long begin = Stopwatch.GetTimestamp();
        bool GoesOn(int round) => round < 300 || (Campaign.IsOn && Stopwatch.GetElapsedTime(begin) < s_campaign);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            start.SignalAndWait();
            for (int round = 0; GoesOn(round); round++)
            {
                Interlocked.Increment(ref predictions);
                int which = (round + thread) % 2;
                if (!models[which].Predict(inputs[which][thread]).AsSpan().SequenceEqual(alone[which][thread]))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        TestContext.Current.TestOutputHelper?.WriteLine($"{predictions} predictions");
        Assert.Equal(0, wrong);
    }

    /// <summary>What inference computes from the parameters alone must never be that of weights which were replaced.</summary>
    [Fact]
    public void LoadingBesidePredictionsLeavesNothingOfTheOldWeights()
    {
        const int Loads = 4000;
        Model model = s_library.Create("Folded", Machines.Widest);
        Assert.True(model.Network.PreparedFloats > 0);
        float[] inputs = RandomValues.Uniform(16, seed: 1);
        (byte[] File, float[] Output)[] versions = [.. Enumerable.Range(2, 3).Select(seed =>
        {
            Model source = s_library.Create("Folded", Machines.Widest, seed);
            using var stream = new MemoryStream();
            source.Save(stream);
            return (stream.ToArray(), source.Predict(inputs));
        })];
        bool isDone = false;
        Thread[] threads = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            float[] output = new float[3];
            while (!Volatile.Read(ref isDone))
            {
                // Refused while weights are assigned, as assigning is in the middle of a prediction.
                TryDo(() => model.Predict(inputs, output));
                Thread.SpinWait(500);
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        int stale = 0;
        int loads = 0;
        for (int load = 0; load < Loads; load++)
        {
            byte[] file = versions[load % 3].File;
            if (TryDo(() => model.LoadWeights(new MemoryStream(file))))
            {
                loads++;
                stale += model.Predict(inputs).AsSpan().SequenceEqual(versions[load % 3].Output) ? 0 : 1;
            }
        }

        Volatile.Write(ref isDone, true);
        Array.ForEach(threads, static thread => thread.Join());

        Assert.Equal(0, stale);
        Assert.True(loads > Loads / 100, $"Of {Loads} loads only {loads} found a moment without a prediction.");
    }

    /// <summary>A stream says for itself what it reads: weights change between its steps, never in one.</summary>
    [Fact]
    public void WeightsDoNotChangeWithinAStepOfAStream()
    {
        Model model = s_streams.Create("Streamed", Machines.Widest);
        byte[][] files = [.. Enumerable.Range(2, 2).Select(seed =>
        {
            using var stream = new MemoryStream();
            s_streams.Create("Streamed", Machines.Widest, seed).Save(stream);
            return stream.ToArray();
        })];
        float[] frame = RandomValues.Uniform(2, seed: 1);
        float[][] outputs = [.. files.Select(file =>
        {
            model.LoadWeights(new MemoryStream(file));
            return StepOf(new ModelStream(model), frame);
        })];
        bool isDone = false;
        int wrong = 0;
        int steps = 0;
        var thread = new Thread(() =>
        {
            var stream = new ModelStream(model);
            float[] output = new float[stream.OutputSize];
            while (!Volatile.Read(ref isDone))
            {
                stream.Reset();
                if (TryDo(() => stream.Step(frame, output)))
                {
                    steps++;
                    wrong += outputs.Any(expected => output.AsSpan().SequenceEqual(expected)) ? 0 : 1;
                }
            }
        });
        thread.Start();
        int loads = 0;
        for (int load = 0; load < 4000; load++)
        {
            byte[] file = files[load % 2];
            loads += TryDo(() => model.LoadWeights(new MemoryStream(file))) ? 1 : 0;
        }

        Volatile.Write(ref isDone, true);
        thread.Join();

        Assert.Equal(0, wrong);
        Assert.True(loads > 40 && steps > 40, $"{loads} loads and {steps} steps found their moment.");
    }

    private static float[] StepOf(ModelStream stream, float[] frame)
    {
        float[] output = new float[stream.OutputSize];
        stream.Step(frame, output);
        return output;
    }

    private static bool TryDo(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
