using System.Diagnostics.Metrics;

namespace Unroll.Shift.Tests.Drift;

public sealed class DriftMonitorTests
{
    private const int Features = 4;

    [Theory]
    [InlineData(1f, 0, 5)]
    [InlineData(50f, 29, 75)]
    public void FalseAlarmsComeAtTheStatedRateInAMillionSamples(float rate, int fewest, int most)
    {
        // Bounds: a Poisson count of 50 leaves 29..75 once in a thousand, one of 1 exceeds 5 once in a thousand.
        var draws = new Draws(3);
        using var monitor = new DriftMonitor(Reference(draws, 20_000), rate);
        float[] features = new float[Features], prediction = new float[1];
        for (int i = 0; i < 1_000_000; i++)
        {
            draws.Fill(features);
            draws.Fill(prediction);
            monitor.Observe(features, prediction);
        }

        Assert.Equal(1_000_000, monitor.Observations);
        Assert.InRange(monitor.Alarms, fewest, most);
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(1f)]
    [InlineData(-1f)]
    public void TheDelayIsTheExpectedOne(float shift)
    {
        const int Runs = 300;
        var draws = new Draws(4);
        using var monitor = new DriftMonitor(Reference(draws, 10_000));
        double total = 0;
        for (int run = 0; run < Runs; run++, monitor.Reset())
        {
            total += SamplesUntilAlarm(monitor, draws, shift, 1f);
        }

        // The standard error of the mean is some 2 %.
        Golden.AssertClose(monitor.ExpectedDelay(1, shift), total / Runs, 0.1);
    }

    [Theory]
    [InlineData(false, DriftDirection.Up, "feature 3 goes up since observation 21")]
    [InlineData(true, DriftDirection.Down, "output 3 goes down since observation 21")]
    [InlineData(false, DriftDirection.Wider, "feature 3 spreads since observation 21")]
    [InlineData(true, DriftDirection.Narrower, "output 3 narrows since observation 21")]
    public void SaysWhatDrifts(bool isOutput, DriftDirection direction, string words) =>
        Assert.Equal(words, new DriftingVariable(isOutput, 3, direction, 21).ToString());

    [Fact]
    public void TheDocumentedDelaysHold()
    {
        var draws = new Draws(5);
        Dataset data = draws.Normal(10_000, 19);
        using var monitor = new DriftMonitor(DriftReference.Create(data, draws.Normal(10_000, 1).Features));

        Golden.AssertClose(125, monitor.ExpectedDelay(0, 0.5f), 0.05);
        Golden.AssertClose(41, monitor.ExpectedDelay(0, 1f), 0.05);
    }

    [Theory]
    [InlineData(1f, 1f, DriftDirection.Up)]
    [InlineData(-1f, 1f, DriftDirection.Down)]
    [InlineData(0f, 3f, DriftDirection.Wider)]
    [InlineData(0f, 0.3f, DriftDirection.Narrower)]
    public void NamesTheVariableAndTheDirection(float shift, float scale, DriftDirection direction)
    {
        var draws = new Draws(6);
        using var monitor = new DriftMonitor(Reference(draws, 10_000));

        int samples = SamplesUntilAlarm(monitor, draws, shift, scale);

        DriftingVariable found = Assert.Single(monitor.Drifting);
        Assert.Equal(new DriftingVariable(false, 1, direction, samples), found);
    }

    [Fact]
    public void AnOutputCanDriftToo()
    {
        var draws = new Draws(7);
        using var monitor = new DriftMonitor(Reference(draws, 5000));
        float[] features = new float[Features];
        for (int i = 0; i < 500 && !monitor.IsDrifting; i++)
        {
            draws.Fill(features);
            monitor.Observe(features, [2f]);
        }

        // The output never varies: it is both too high and too far out.
        Assert.Contains(monitor.Drifting, static found => found is { IsOutput: true, Index: 0, Direction: DriftDirection.Up });
    }

    [Fact]
    public void AnAlarmEndsWithTheDrift()
    {
        var draws = new Draws(8);
        using var monitor = new DriftMonitor(Reference(draws, 10_000));
        SamplesUntilAlarm(monitor, draws, 1f, 1f);
        float[] features = new float[Features], prediction = new float[1];
        int samples = 0;
        for (; monitor.IsDrifting; samples++)
        {
            draws.Fill(features);
            draws.Fill(prediction);
            monitor.Observe(features, prediction);
        }

        Assert.InRange(samples, 20, 400);
        Assert.Equal(1, monitor.Alarms);
    }

    [Fact]
    public void AConstantFeatureMayNotChange()
    {
        var draws = new Draws(9);
        Dataset data = draws.Normal(2000, 1);
        float[] features = [.. Enumerable.Range(0, 2000).SelectMany(row => new[] { 7f, data.Features[row] })];
        using var monitor = new DriftMonitor(DriftReference.Create(new Dataset(features, new float[2000], 2000), data.Features));
        for (int i = 0; i < 2000; i++)
        {
            float value = (float)draws.Random.NextNormal();
            monitor.Observe([7f, value], [value]);
        }

        Assert.False(monitor.IsDrifting);
        for (int i = 0; i < 20; i++)
        {
            float value = (float)draws.Random.NextNormal();
            monitor.Observe([7.001f, value], [value]);
        }

        Assert.Contains(monitor.Drifting, static found => found is { IsOutput: false, Index: 0, Direction: DriftDirection.Up });
    }

    [Fact]
    public void ValuesThatAreNotFiniteAreCountedAndMoveNothing()
    {
        var draws = new Draws(10);
        using var monitor = new DriftMonitor(Reference(draws, 1000));
        for (int i = 0; i < 1000; i++)
        {
            monitor.Observe([float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.NaN], [float.NaN]);
        }

        Assert.False(monitor.IsDrifting);
        Assert.Equal(5000, monitor.NotFinite);
    }

    [Fact]
    public void ObservingAllocatesNothing()
    {
        var draws = new Draws(11);
        using var monitor = new DriftMonitor(Reference(draws, 1000), falseAlarmsPerMillion: 10_000f);
        float[] features = new float[Features], prediction = new float[1];
        Observe(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Observe(100_000);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.NotEqual(0, monitor.Alarms);

        void Observe(int count)
        {
            for (int i = 0; i < count; i++)
            {
                draws.Fill(features);
                draws.Fill(prediction);
                monitor.Observe(features, prediction);
            }
        }
    }

    [Fact]
    public async Task ManyThreadsMayObserve()
    {
        var draws = new Draws(12);
        using var monitor = new DriftMonitor(Reference(draws, 10_000));
        const int Threads = 4, Each = 20_000;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            var own = new Draws((ulong)(100 + thread));
            float[] features = new float[Features], prediction = new float[1];
            for (int i = 0; i < Each; i++)
            {
                own.Fill(features);
                own.Fill(prediction);
                features[2] = float.NaN;
                monitor.Observe(features, prediction);
            }
        })));

        Assert.Equal(Threads * Each, monitor.Observations);
        Assert.Equal(Threads * Each, monitor.NotFinite);
        Assert.False(monitor.IsDrifting);
    }

    [Fact]
    public void TheInstrumentsTellWhatTheMonitorKnows()
    {
        var draws = new Draws(13);
        using var monitor = new DriftMonitor(Reference(draws, 1000), name: "this one");
        SamplesUntilAlarm(monitor, draws, 3f, 1f);
        var read = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Unroll.Shift")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();

        listener.RecordObservableInstruments();

        Assert.Equal(5, read.Count);
        Assert.Equal(monitor.Observations, read["unroll.drift.observations"]);
        Assert.Equal(1, read["unroll.drift.alarms"]);
        Assert.Equal(0, read["unroll.drift.not_finite"]);
        Assert.InRange(read["unroll.drift.raised"], 1, 2);
        Assert.Equal(1, read["unroll.drift.statistic"]);

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.ToArray() is [{ Key: "monitor", Value: "this one" }])
            {
                read[instrument.Name] = value;
            }
        }
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var monitor = new DriftMonitor(Reference(new Draws(14), 200));

        Assert.Contains("4 features, but got 3", Assert.Throws<ArgumentException>(() => monitor.Observe([1, 2, 3], [1])).Message);
        Assert.Contains("1 outputs, but got 2", Assert.Throws<ArgumentException>(() => monitor.Observe([1, 2, 3, 4], [1, 2])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DriftMonitor(Reference(new Draws(14), 200), 0f));
        Assert.Throws<ArgumentOutOfRangeException>(() => monitor.ExpectedDelay(4, 1f));
    }

    private static DriftReference Reference(Draws draws, int count) =>
        DriftReference.Create(draws.Normal(count, Features), draws.Normal(count, 1).Features);

    private static int SamplesUntilAlarm(DriftMonitor monitor, Draws draws, float shift, float scale)
    {
        float[] features = new float[Features], prediction = new float[1];
        int samples = 0;
        for (; !monitor.IsDrifting && samples < 100_000; samples++)
        {
            draws.Fill(features);
            draws.Fill(prediction);
            features[1] = (features[1] * scale) + shift;
            monitor.Observe(features, prediction);
        }

        return samples;
    }
}
