namespace Unroll.Shift;

/// <summary>Watches a live stream of inputs and predictions and tells when it no longer looks as its reference does.</summary>
/// <remarks>
/// <para>Four control charts of cumulative sums a feature and an output: values that grow, fall, spread out or draw together. What they add up
/// are scores of known distribution, so that the rate of false alarms is the stated one whatever the distribution of a variable: normal scores
/// of the reference's intervals (van der Waerden 1952), sums after Page 1954, limits by the run length of a Markov chain (Brook and Evans 1972).
/// A chart is raised when its sum reaches its limit, and lowered when it is back at 0.</para>
/// <para><b>False alarms</b>: at most <c>falseAlarmsPerMillion</c> in a million samples without drift, with probability 0.95 over the choice of
/// the reference; fewer where variables depend on each other. Assumes independent samples: of a stream in which neighbours are alike, observe
/// every n-th.</para>
/// <para><b>Delay</b>: see <see cref="ExpectedDelay"/>. With 20 variables of normal distribution, a reference of 10,000 samples and one
/// false alarm in a million, a shift of one variable by 0.5 standard deviations is found after 125 samples on average, by 1 after 41.
/// A small reference makes it slower: its own error, about 4/√samples standard deviations, counts as no drift.</para>
/// <para>Any number of threads may observe at once. Memory does not grow, and <see cref="Observe"/> allocates nothing.</para>
/// <para>As instruments of the meter <c>Unroll.Shift</c>: <c>unroll.drift.observations</c>, <c>unroll.drift.alarms</c>,
/// <c>unroll.drift.not_finite</c>, <c>unroll.drift.raised</c> (charts) and <c>unroll.drift.statistic</c> (the largest sum, 1 at its limit), with
/// the tag <c>monitor</c>. They are read when they are asked for and cost nothing else.</para>
/// </remarks>
/// <example><code>
/// using var monitor = new DriftMonitor(DriftReference.Load("reference.safetensors"));
/// model.Predict(features, prediction);
/// monitor.Observe(features, prediction);
/// if (monitor.IsDrifting)
/// {
///     Console.WriteLine(string.Join('\n', monitor.Drifting));
/// }
/// </code></example>
public sealed class DriftMonitor : IDisposable
{
    // What goes through the lock at once, and lies on the stack.
    private const int Chunk = 256;

    private readonly Lock _gate = new();
    private readonly ControlCharts _charts;
    private readonly DriftReference _reference;
    private readonly DriftInstruments _instruments;
    private long _observations;
    private long _notFinite;
    private volatile bool _isDrifting;

    /// <summary>Begins to watch.</summary>
    /// <param name="reference">What all is compared with.</param>
    /// <param name="falseAlarmsPerMillion">How many false alarms to accept in a million samples, more than 0 and at most 100,000.</param>
    /// <param name="name">The tag <c>monitor</c> of its instruments.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public DriftMonitor(DriftReference reference, float falseAlarmsPerMillion = 1f, string name = "default")
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(name);
        if (!(falseAlarmsPerMillion is > 0f and <= 100_000f))
        {
            throw new ArgumentOutOfRangeException(
                nameof(falseAlarmsPerMillion), falseAlarmsPerMillion, "The rate must be more than 0 and at most 100,000 in a million.");
        }

        _reference = reference;
        _charts = new ControlCharts(reference, falseAlarmsPerMillion / 1e6);
        _instruments = new DriftInstruments(this, name);
    }

    /// <summary>How many values a sample of the reference has.</summary>
    public int FeatureSize => _reference.FeatureSize;

    /// <summary>How many values a prediction of the reference has.</summary>
    public int OutputSize => _reference.OutputSize;

    /// <summary>Whether a chart is raised.</summary>
    public bool IsDrifting => _isDrifting;

    /// <summary>How many samples were observed.</summary>
    public long Observations => Interlocked.Read(ref _observations);

    /// <summary>How many values were NaN or infinite; they move no chart.</summary>
    public long NotFinite => Interlocked.Read(ref _notFinite);

    /// <summary>How often an alarm was raised: from no raised chart to one.</summary>
    public long Alarms
    {
        get
        {
            lock (_gate)
            {
                return _charts.Alarms;
            }
        }
    }

    /// <summary>What drifts, the features first; a copy.</summary>
    public IReadOnlyList<DriftingVariable> Drifting
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _charts.RaisedCharts().Select(chart => new DriftingVariable(
                        chart.Variable >= _reference.FeatureSize,
                        chart.Variable < _reference.FeatureSize ? chart.Variable : chart.Variable - _reference.FeatureSize,
                        chart.Direction,
                        chart.Since)),
                ];
            }
        }
    }

    internal int Raised
    {
        get
        {
            lock (_gate)
            {
                return _charts.Raised;
            }
        }
    }

    internal double Statistic
    {
        get
        {
            lock (_gate)
            {
                return _charts.LargestShare();
            }
        }
    }

    /// <summary>Takes note of a sample and what the network made of it.</summary>
    /// <param name="features">As many values as a sample of the reference has.</param>
    /// <param name="prediction">As many values as a prediction of the reference has.</param>
    /// <exception cref="ArgumentException">A length is another.</exception>
    public void Observe(ReadOnlySpan<float> features, ReadOnlySpan<float> prediction)
    {
        if (features.Length != _reference.FeatureSize)
        {
            throw new ArgumentException($"Expected {_reference.FeatureSize} features, but got {features.Length}.", nameof(features));
        }

        if (prediction.Length != _reference.OutputSize)
        {
            throw new ArgumentException($"Expected {_reference.OutputSize} outputs, but got {prediction.Length}.", nameof(prediction));
        }

        long observation = Interlocked.Increment(ref _observations);
        Update(features, 0, observation);
        Update(prediction, features.Length, observation);
    }

    /// <summary>The mean number of samples until a feature's chart is raised, after its distribution moved.</summary>
    /// <param name="feature">Its place, from 0.</param>
    /// <param name="deviations">By how many of its standard deviations, up or, negative, down.</param>
    /// <returns>From a sum of 0, by the Markov chain of Brook and Evans and the feature's distribution in the reference, spread evenly within
    /// its intervals; infinite where no chart can see it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such feature, or the move is 0 or not finite.</exception>
    public double ExpectedDelay(int feature, float deviations)
    {
        if (feature < 0 || feature >= _reference.FeatureSize)
        {
            throw new ArgumentOutOfRangeException(nameof(feature), feature, $"Expected a feature in 0..{_reference.FeatureSize - 1}.");
        }

        if (deviations == 0f || !float.IsFinite(deviations))
        {
            throw new ArgumentOutOfRangeException(nameof(deviations), deviations, "The move must be finite and not 0.");
        }

        return _charts.DelayAfter(feature, deviations);
    }

    /// <summary>Lowers all charts and begins anew; the counts stay.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _charts.Reset();
            _isDrifting = false;
        }
    }

    /// <summary>Takes back its instruments.</summary>
    public void Dispose() => _instruments.Dispose();

    private void Update(ReadOnlySpan<float> values, int first, long observation)
    {
        Span<byte> bins = stackalloc byte[Chunk];
        for (int start = 0; start < values.Length; start += Chunk)
        {
            int count = Math.Min(Chunk, values.Length - start);
            _charts.FindBins(values.Slice(start, count), first + start, bins);
            int notFinite;
            lock (_gate)
            {
                notFinite = _charts.Update(bins[..count], first + start, observation);
                _isDrifting = _charts.Raised > 0;
            }

            if (notFinite > 0)
            {
                Interlocked.Add(ref _notFinite, notFinite);
            }
        }
    }
}
