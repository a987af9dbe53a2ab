using Unroll.Arguments;
using Unroll.Callbacks;

namespace Unroll;

/// <summary>
/// Saves the model while it trains: after every epoch, every so many batches, or whenever a watched value is better than ever.
/// </summary>
/// <remarks>
/// <para>Definition: <c>keras.callbacks.ModelCheckpoint</c> (Keras 3). The path may hold placeholders: <c>{epoch}</c> and <c>{batch}</c>,
/// counted from 1, and any name in the logs, with a format as in Keras (<c>{epoch:02d}</c>, <c>{val_loss:.2f}</c>) or .NET
/// (<c>{epoch:000}</c>, <c>{val_loss:F3}</c>), at most 32 characters wide; numbers are written in the invariant culture. Missing folders are
/// made. The file is written as by <see cref="ModelBase.Save(string)"/>.</para>
/// <para>With <c>saveBestOnly</c> the first value is always the best unless <c>initialValueThreshold</c> says what to beat; the best
/// lasts from one <c>Fit</c> to the next. Where the watched value is missing, a warning says so once and the model is
/// saved.</para>
/// </remarks>
/// <example><code>
/// var checkpoint = new ModelCheckpoint("models/{epoch:02d}-{val_loss:.3f}.safetensors", saveBestOnly: true);
/// model.Fit(train, epochs: 20, validation: valid, callbacks: [checkpoint]);
/// </code></example>
public sealed class ModelCheckpoint : Callback
{
    private readonly CheckpointPath _path;
    private readonly MonitoredValue _monitor;
    private readonly bool _saveBestOnly;
    private readonly int? _saveFrequency;
    private float? _best;
    private int _batches;

    /// <summary>Chooses where and when to save.</summary>
    /// <param name="path">The file, with placeholders if each should have its own.</param>
    /// <param name="monitor">The name in the logs that decides what is best.</param>
    /// <param name="saveBestOnly">Whether to save only where the watched value is better than ever.</param>
    /// <param name="mode">Whether smaller or larger is better.</param>
    /// <param name="saveFrequency">The number of batches between two saves; by default the model is saved after each epoch.</param>
    /// <param name="initialValueThreshold">The value that the first save has to beat, with <paramref name="saveBestOnly"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> or <paramref name="monitor"/> is empty, a brace left open, or what
    /// follows a colon no format.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The frequency is less than 1, the threshold NaN or the mode unknown.</exception>
    public ModelCheckpoint(
        string path,
        string monitor = "val_loss",
        bool saveBestOnly = false,
        MonitorMode mode = MonitorMode.Auto,
        int? saveFrequency = null,
        float? initialValueThreshold = null)
    {
        _path = new CheckpointPath(Require.NotEmpty(path));
        _monitor = new MonitoredValue(nameof(ModelCheckpoint), Require.NotEmpty(monitor), Require.Defined(mode), minDelta: 0f);
        _saveBestOnly = saveBestOnly;
        _saveFrequency = saveFrequency is int batches ? Require.AtLeast(1, batches, nameof(saveFrequency)) : null;
        _best = initialValueThreshold is float threshold ? Require.NotNaN(threshold, nameof(initialValueThreshold)) : null;
    }

    /// <summary>How a model is written.</summary>
    internal Action<ModelBase, string> Save { get; init; } = static (model, path) => model.Save(path);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The mode is automatic and the direction of the watched value is not known.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        _batches = 0;
        if (_saveBestOnly)
        {
            _monitor.Begin(context);
        }
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        _batches++;
        if (_batches == _saveFrequency)
        {
            _batches = 0;
            SaveIfWanted(context);
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        if (_saveFrequency is null)
        {
            SaveIfWanted(context);
        }
    }

    internal override bool IsExclusive => true;

    /// <inheritdoc/>
    public override void CaptureState(CallbackState state)
    {
        state.Add("batches", _batches);
        state.Add("best", _best);
    }

    /// <inheritdoc/>
    public override void RestoreState(TrainingContext context, CallbackState state)
    {
        _batches = (int)state.Number("batches");
        _best = state.OptionalNumber("best");
    }

    private void SaveIfWanted(TrainingContext context)
    {
        if (_saveBestOnly && _monitor.TryRead(context, out float current))
        {
            if (!_monitor.IsImprovement(current, _best ?? _monitor.Worst))
            {
                return;
            }

            _best = current;
        }

        if (!context.IsFirstRank)
        {
            return;
        }

        string path = _path.For(context);
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        Save(context.Model, path);
    }
}
