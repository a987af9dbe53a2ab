using Unroll.Arguments;
using Unroll.Callbacks;

namespace Unroll;

/// <summary>Ends training when a watched value has stopped improving.</summary>
/// <remarks>
/// Definition: <c>keras.callbacks.EarlyStopping</c> (Keras 3). After each epoch, from <c>startFromEpoch</c> on, the value is an
/// improvement if it beats the best so far by more than <c>minDelta</c>. Training ends after <c>patience</c> epochs in a row without
/// one (never after the first epoch). With a <c>baseline</c> an improvement restarts the count only if it beats the baseline too.
/// With <c>restoreBestWeights</c> the parameters of the best epoch come back at the end, however training ends: stopped early or not, by
/// cancellation or by an exception. Where the watched value is missing (no validation data), a warning says so once and training goes on.
/// </remarks>
/// <example><code>
/// var stopping = new EarlyStopping(patience: 5, restoreBestWeights: true);
/// model.Fit(train, epochs: 100, validation: valid, callbacks: [stopping]);
/// </code></example>
public sealed class EarlyStopping : Callback
{
    private readonly MonitoredValue _monitor;
    private readonly int _patience;
    private readonly float? _baseline;
    private readonly bool _restoreBestWeights;
    private readonly int _startFromEpoch;
    private float[]? _bestWeights;
    private float _best;
    private int _wait;

    /// <summary>Chooses what to watch and how long to wait.</summary>
    /// <param name="monitor">The name in the logs.</param>
    /// <param name="minDelta">The smallest change that counts as an improvement; its sign does not matter.</param>
    /// <param name="patience">The epochs without improvement after which training ends.</param>
    /// <param name="mode">Whether smaller or larger is better.</param>
    /// <param name="baseline">A value that must be beaten before the waiting starts anew.</param>
    /// <param name="restoreBestWeights">Whether the parameters of the best epoch are put back at the end.</param>
    /// <param name="startFromEpoch">The first epoch, counted from 0, that is looked at.</param>
    /// <exception cref="ArgumentException"><paramref name="monitor"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative (minDelta: not finite; baseline: NaN) or the mode unknown.</exception>
    public EarlyStopping(
        string monitor = "val_loss",
        float minDelta = 0f,
        int patience = 0,
        MonitorMode mode = MonitorMode.Auto,
        float? baseline = null,
        bool restoreBestWeights = false,
        int startFromEpoch = 0)
    {
        _monitor = new MonitoredValue(
            nameof(EarlyStopping), Require.NotEmpty(monitor), Require.Defined(mode), MathF.Abs(Require.Finite(minDelta)));
        _patience = Require.AtLeast(0, patience);
        _baseline = baseline is float value ? Require.NotNaN(value, nameof(baseline)) : null;
        _restoreBestWeights = restoreBestWeights;
        _startFromEpoch = Require.AtLeast(0, startFromEpoch);
    }

    /// <summary>The epoch, counted from 0, after which training was ended; null if it was not.</summary>
    public int? StoppedEpoch { get; private set; }

    /// <summary>The epoch, counted from 0, with the best value so far; null before one was seen.</summary>
    public int? BestEpoch { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The mode is automatic and the direction of the watched value is not known.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        _bestWeights = null;
        _monitor.Begin(context);
        _best = _monitor.Worst;
        _wait = 0;
        StoppedEpoch = null;
        BestEpoch = null;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        if (!_monitor.TryRead(context, out float current) || context.Epoch < _startFromEpoch)
        {
            return;
        }

        if (_restoreBestWeights && _bestWeights is null)
        {
            // Without any improvement (a value that is NaN from the start) the first epoch looked at counts as the best.
            Remember(context);
        }

        _wait++;
        if (_monitor.IsImprovement(current, _best))
        {
            _best = current;
            Remember(context);
            if (_baseline is not float baseline || _monitor.IsImprovement(current, baseline))
            {
                _wait = 0;
            }
        }
        else if (_wait >= _patience && context.Epoch > 0)
        {
            StoppedEpoch = context.Epoch;
            context.StopTraining = true;
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context)
    {
        if (_bestWeights is not null)
        {
            context.Model.Instance.RestoreWeights(_bestWeights);
            _bestWeights = null;
        }
    }

    /// <inheritdoc/>
    public override void OnTrainFailed(TrainingContext context, Exception exception) => OnTrainEnd(context);

    internal override bool IsExclusive => true;

    /// <inheritdoc/>
    public override void CaptureState(CallbackState state)
    {
        state.Add("best", _best);
        state.Add("wait", _wait);
        state.Add("best_epoch", BestEpoch);
        state.Add("stopped_epoch", StoppedEpoch);
        state.Add("best_weights", _bestWeights);
    }

    /// <inheritdoc/>
    public override void RestoreState(TrainingContext context, CallbackState state)
    {
        _best = state.Number("best");
        _wait = (int)state.Number("wait");
        BestEpoch = (int?)state.OptionalNumber("best_epoch");
        StoppedEpoch = (int?)state.OptionalNumber("stopped_epoch");
        _bestWeights = state.Values("best_weights", context.Model.Instance.ParameterArena.Length);
    }

    private void Remember(TrainingContext context)
    {
        BestEpoch = context.Epoch;
        if (_restoreBestWeights)
        {
            _bestWeights = context.Model.Instance.CaptureWeights();
        }
    }
}
