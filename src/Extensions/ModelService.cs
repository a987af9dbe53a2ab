using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Unroll.Shift;

namespace Unroll.Extensions;

/// <summary>One network for all requests of a program: predicts, and replaces its weights while requests go on.</summary>
/// <remarks>
/// <para>Any number of threads may call every member at once. Each prediction is of one version of the weights: a new one serves those that
/// begin after it was published.</para>
/// <para>The meter and the activity source are called <see cref="Telemetry.Name"/>.</para>
/// </remarks>
/// <typeparam name="TModel">The network's class.</typeparam>
/// <example><code>
/// builder.Services.AddUnroll&lt;DigitClassifier&gt;(options => options.Weights = "digits.safetensors");
/// // ...
/// app.MapPost("/predict", async (float[] pixels, ModelService&lt;DigitClassifier&gt; digits, CancellationToken token) =>
///     await digits.PredictAsync(pixels, token));
/// </code></example>
public sealed class ModelService<TModel>
    where TModel : Model
{
    // Versions come one after another; predictions do not wait for it.
    private readonly Lock _replacing = new();
    private readonly Func<TModel> _create;
    private readonly UnrollOptions _options;
    private readonly ILogger _logger;
    private readonly BatchQueue _queue;
    private readonly ModelMetrics _metrics;
    private readonly string _name = typeof(TModel).Name;
    private volatile Served _served;
    private WeightsFile? _seen;
    private volatile string? _fault;
    private long _samples;
    private bool _isDrifting;

    internal ModelService(
        Func<TModel> create, IOptionsMonitor<UnrollOptions> options, IMeterFactory meters, ILogger logger)
    {
        _create = create;
        _logger = logger;
        _options = options.Get(OptionsName);
        _options.Validate();
        _served = Load();
        RequireReference(_options.Drift, _served.Snapshot);
        int workers = _options.Workers == 0 ? Math.Max(1, Environment.ProcessorCount / 2) : _options.Workers;
        _queue = new BatchQueue(_options.QueueCapacity, _options.MaxBatchSize, workers, Run);
        DriftMonitor? drift = _options.Drift;
        _metrics = new ModelMetrics(
            meters, _name, () => _queue.Waiting, () => _served.Version.Number, drift is null ? null : () => drift.IsDrifting);
        Messages.Serves(_logger, _name, Version.Number, Version.Source);
    }

    /// <summary>What predicts now; it stays as it is when newer weights are published.</summary>
    public ModelSnapshot Current => _served.Snapshot;

    /// <summary>Which weights these are.</summary>
    public ModelVersion Version => _served.Version;

    /// <summary>Why the newest weights were refused; null where the newest serve.</summary>
    public string? Fault => _fault;

    /// <summary>The samples that wait in the queue.</summary>
    public int Waiting => _queue.Waiting;

    /// <summary>The drift monitor that was given, if any.</summary>
    public DriftMonitor? Drift => _options.Drift;

    internal static string OptionsName => typeof(TModel).FullName!;

    internal UnrollOptions Options => _options;

    /// <summary>The outputs for some samples, on this thread.</summary>
    /// <param name="inputs">n × InputSize values, row-major.</param>
    /// <returns>n × OutputSize values, row-major.</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of InputSize, or a value is NaN or infinite.</exception>
    public float[] Predict(ReadOnlySpan<float> inputs)
    {
        ModelSnapshot snapshot = Current;
        RequireFinite(snapshot, inputs);
        float[] outputs = new float[RowsOf(snapshot, inputs.Length) * snapshot.OutputSize];
        Predict(snapshot, inputs, outputs);
        return outputs;
    }

    /// <summary>The outputs for some samples, on this thread; allocates nothing.</summary>
    /// <param name="inputs">n × InputSize values, row-major.</param>
    /// <param name="outputs">Receives n × OutputSize values, row-major.</param>
    /// <exception cref="ArgumentException">A length is not what the other requires, the spans overlap, or a value is NaN or infinite.</exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        ModelSnapshot snapshot = Current;
        RequireFinite(snapshot, inputs);
        Predict(snapshot, inputs, outputs);
    }

    /// <summary>The outputs for some samples, in a batch with what else waits.</summary>
    /// <param name="inputs">n × InputSize values, row-major; to be left as they are until the task ends.</param>
    /// <param name="cancellationToken">Takes the request out of the queue. Samples that run already run to their end, unseen.</param>
    /// <returns>n × OutputSize values, row-major, of one version of the weights.</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of InputSize, or a value is NaN or infinite.</exception>
    /// <exception cref="QueueFullException">More samples wait than there is room for.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<float[]> PredictAsync(ReadOnlyMemory<float> inputs, CancellationToken cancellationToken = default)
    {
        Served served = _served;
        RequireFinite(served.Snapshot, inputs.Span);
        int rows = RowsOf(served.Snapshot, inputs.Length);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<float[]>(cancellationToken);
        }

        return rows == 0 ? Task.FromResult(Array.Empty<float>()) : WaitAsync(new BatchRequest(_queue, served.Snapshot, inputs), served, cancellationToken);
    }

    /// <summary>Serves other weights from now on, such as those of a training in this program.</summary>
    /// <param name="snapshot">Of a network with as many inputs and outputs.</param>
    /// <param name="source">Who publishes it, as <see cref="ModelVersion.Source"/> tells.</param>
    /// <exception cref="ArgumentException">It takes or gives other numbers of values.</exception>
    public void Publish(ModelSnapshot snapshot, string source = "published")
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentException.ThrowIfNullOrEmpty(source);
        lock (_replacing)
        {
            ModelSnapshot current = Current;
            if (snapshot.InputSize != current.InputSize || snapshot.OutputSize != current.OutputSize)
            {
                throw new ArgumentException(
                    $"{_name} takes {current.InputSize} values and gives {current.OutputSize}, but {snapshot.Network} takes "
                    + $"{snapshot.InputSize} and gives {snapshot.OutputSize}.",
                    nameof(snapshot));
            }

            Replace(snapshot, source, written: null);
        }
    }

    /// <summary>Reads the weights file if it has changed, and serves what it holds; a bad one is logged and the old weights stay.</summary>
    /// <returns>Whether the weights were replaced.</returns>
    public bool Reload()
    {
        if (_options.Weights is not { } path)
        {
            return false;
        }

        lock (_replacing)
        {
            WeightsFile? file = WeightsFile.Of(path);
            if (file == _seen)
            {
                return false;
            }

            if (file is null)
            {
                _seen = null;
                _fault = $"{path} is gone.";
                Messages.IsGone(_logger, _name, path, Version.Number);
                return false;
            }

            return TryReplace(path, file.Value);
        }
    }

    /// <summary>Logs where the drift monitor has changed its mind.</summary>
    internal void WatchDrift()
    {
        if (_options.Drift is not { } drift || drift.IsDrifting == _isDrifting)
        {
            return;
        }

        _isDrifting = !_isDrifting;
        if (_isDrifting)
        {
            Messages.Drifts(_logger, _name, string.Join(", ", drift.Drifting));
        }
        else
        {
            Messages.DriftsNoMore(_logger, _name);
        }
    }

    private Served Load()
    {
        if (_options.Weights is not { } path)
        {
            return new Served(_create().Snapshot(), new ModelVersion(1, "as created", null, DateTimeOffset.UtcNow));
        }

        _seen = WeightsFile.Of(path);
        return new Served(Read(path), new ModelVersion(1, path, _seen?.Written, DateTimeOffset.UtcNow));
    }

    private bool TryReplace(string path, WeightsFile file)
    {
        using Activity? activity = Telemetry.Activities.StartActivity("unroll.reload");
        activity?.SetTag(Telemetry.ModelTag, _name);
        try
        {
            ModelSnapshot snapshot = Read(path);
            if (WeightsFile.Of(path) != file)
            {
                // It was written while it was read: the next look finds it whole.
                return false;
            }

            _seen = file;
            Replace(snapshot, path, file.Written);
            activity?.SetTag(Telemetry.VersionTag, Version.Number);
            _metrics.AddReload(isReplaced: true);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Refuse(path, file, exception);
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            return false;
        }
    }

    private void Refuse(string path, WeightsFile file, Exception exception)
    {
        // A file that cannot be read may be readable later without having changed; what is wrong with it is logged once.
        _seen = exception is IOException or UnauthorizedAccessException ? _seen : file;
        if (_fault == exception.Message && _seen != file)
        {
            return;
        }

        _fault = exception.Message;
        _metrics.AddReload(isReplaced: false);
        Messages.Refuses(_logger, exception, _name, path, Version.Number);
    }

    private ModelSnapshot Read(string path)
    {
        TModel model = _create();
        model.LoadWeights(path, WeightsMatching.Exact, convert: true);
        ModelSnapshot snapshot = model.Snapshot();
        float[] outputs = snapshot.Predict(new float[snapshot.InputSize]);
        int fault = Array.FindIndex(outputs, static value => !float.IsFinite(value));
        if (fault >= 0)
        {
            throw new InvalidDataException($"{path}: with these weights output {fault} of a sample of zeros is {outputs[fault]}.");
        }

        _options.Check?.Invoke(snapshot);
        return snapshot;
    }

    private void Replace(ModelSnapshot snapshot, string source, DateTime? written)
    {
        var version = new ModelVersion(Version.Number + 1, source, written, DateTimeOffset.UtcNow);
        _served = new Served(snapshot, version);
        _fault = null;
        Messages.Serves(_logger, _name, version.Number, source);
    }

    private async Task<float[]> WaitAsync(BatchRequest request, Served served, CancellationToken cancellationToken)
    {
        using Activity? activity = Telemetry.Activities.StartActivity("unroll.predict");
        long start = Stopwatch.GetTimestamp();
        try
        {
            _queue.Add(request, cancellationToken);
        }
        catch (QueueFullException exception)
        {
            _metrics.AddRefusal();
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }

        float[] outputs = await request.Task.ConfigureAwait(false);
        _metrics.AddRequest(start);
        if (activity is not null)
        {
            activity.SetTag(Telemetry.ModelTag, _name);
            activity.SetTag(Telemetry.SamplesTag, request.Rows);
            activity.SetTag(Telemetry.BatchTag, request.LargestBatch);
            activity.SetTag(Telemetry.VersionTag, served.Version.Number);
        }

        return outputs;
    }

    private void Predict(ModelSnapshot snapshot, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        using Activity? activity = Telemetry.Activities.StartActivity("unroll.predict");
        Run(snapshot, inputs, outputs);
        if (activity is not null)
        {
            activity.SetTag(Telemetry.ModelTag, _name);
            activity.SetTag(Telemetry.SamplesTag, inputs.Length / snapshot.InputSize);
        }
    }

    private void Run(ModelSnapshot snapshot, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        long start = Stopwatch.GetTimestamp();
        snapshot.Predict(inputs, outputs);
        int rows = inputs.Length / snapshot.InputSize;
        _metrics.AddRun(start, rows);
        if (_options.Drift is { } drift)
        {
            long last = Interlocked.Add(ref _samples, rows);
            for (int row = 0; row < rows; row++)
            {
                if ((last - rows + row) % _options.DriftEvery == 0)
                {
                    drift.Observe(
                        inputs.Slice(row * snapshot.InputSize, snapshot.InputSize), outputs.Slice(row * snapshot.OutputSize, snapshot.OutputSize));
                }
            }
        }
    }

    private int RowsOf(ModelSnapshot snapshot, int length)
    {
        (int rows, int rest) = Math.DivRem(length, snapshot.InputSize);
        return rest == 0
            ? rows
            : throw new ArgumentException(
                $"{_name} takes samples of {snapshot.InputSize} values, but got {length} values, which is no multiple.", "inputs");
    }

    private void RequireFinite(ModelSnapshot snapshot, ReadOnlySpan<float> inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!float.IsFinite(inputs[i]))
            {
                throw new ArgumentException(
                    $"{_name} takes finite values, but value {i % snapshot.InputSize} of sample {i / snapshot.InputSize} is {inputs[i]}.", nameof(inputs));
            }
        }
    }

    private static void RequireReference(DriftMonitor? drift, ModelSnapshot snapshot)
    {
        if (drift is not null && (drift.FeatureSize != snapshot.InputSize || drift.OutputSize != snapshot.OutputSize))
        {
            throw new ArgumentException(
                $"{snapshot.Network} takes {snapshot.InputSize} values and gives {snapshot.OutputSize}, but the drift monitor's reference has "
                + $"{drift.FeatureSize} and {drift.OutputSize}.");
        }
    }

    /// <summary>Both at once, so that nobody sees one of the old and one of the new.</summary>
    private sealed record Served(ModelSnapshot Snapshot, ModelVersion Version);
}
