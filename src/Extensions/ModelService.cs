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
public sealed partial class ModelService<TModel>
    where TModel : Model
{
    private readonly UnrollOptions _options;
    private readonly ILogger _logger;
    private readonly BatchQueue _queue;
    private readonly ModelMetrics _metrics;
    private readonly string _name = typeof(TModel).Name;
    private volatile Served _served;
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
}
