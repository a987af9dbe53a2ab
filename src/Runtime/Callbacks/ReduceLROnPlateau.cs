using Unroll.Arguments;
using Unroll.Callbacks;

namespace Unroll;

/// <summary>Multiplies the learning rate by a factor when a watched value has stopped improving.</summary>
/// <remarks>
/// Definition: <c>keras.callbacks.ReduceLROnPlateau</c> (Keras 3). After each epoch the value is an improvement if it beats the best so
/// far by more than <c>minDelta</c>; after <c>patience</c> epochs in a row without one the learning rate becomes
/// <c>max(rate·factor, minLearningRate)</c>. The following <c>cooldown</c> epochs do not count; the counter goes down before the
/// comparison. The learning rate never rises; it is the training's, the optimizer keeps its setting. The rate of each epoch appears as <c>learning_rate</c> in the logs and the history.
/// Where the watched value is missing, a warning says so once and training goes on.
/// </remarks>
/// <example><code>
/// var plateau = new ReduceLROnPlateau(factor: 0.2f, patience: 5);
/// model.Fit(train, epochs: 100, validation: valid, callbacks: [plateau]);
/// </code></example>
public sealed class ReduceLROnPlateau : Callback
{
    private readonly MonitoredValue _monitor;
    private readonly float _factor;
    private readonly int _patience;
    private readonly int _cooldown;
    private readonly float _minLearningRate;
    private float _best;
    private int _wait;
    private int _cooldownLeft;

    /// <summary>Chooses what to watch, how long to wait and how far to go down.</summary>
    /// <param name="monitor">The name in the logs.</param>
    /// <param name="factor">What the learning rate is multiplied by, at least 0 and less than 1.</param>
    /// <param name="patience">The epochs without improvement after which the learning rate falls.</param>
    /// <param name="mode">Whether smaller or larger is better.</param>
    /// <param name="minDelta">The smallest change that counts as an improvement; its sign does not matter.</param>
    /// <param name="cooldown">The epochs after a reduction that do not count.</param>
    /// <param name="minLearningRate">Where the learning rate stops falling.</param>
    /// <exception cref="ArgumentException"><paramref name="monitor"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or the mode unknown.</exception>
    public ReduceLROnPlateau(
        string monitor = "val_loss",
        float factor = 0.1f,
        int patience = 10,
        MonitorMode mode = MonitorMode.Auto,
        float minDelta = 1e-4f,
        int cooldown = 0,
        float minLearningRate = 0f)
    {
        _monitor = new MonitoredValue(
            nameof(ReduceLROnPlateau), Require.NotEmpty(monitor), Require.Defined(mode), MathF.Abs(Require.Finite(minDelta)));
        _factor = factor is >= 0f and < 1f
            ? factor
            : throw new ArgumentOutOfRangeException(nameof(factor), factor, "factor must be at least 0 and less than 1.");
        _patience = Require.AtLeast(0, patience);
        _cooldown = Require.AtLeast(0, cooldown);
        _minLearningRate = Require.NotNegative(minLearningRate);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The mode is automatic and the direction of the watched value is not known.</exception>
    /// <exception cref="InvalidOperationException">The optimizer's learning rate follows a schedule.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        context.Optimizer.RequireNoSchedule($"{nameof(ReduceLROnPlateau)} cannot lower it.");
        _monitor.Begin(context);
        _best = _monitor.Worst;
        _wait = 0;
        _cooldownLeft = 0;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        context.Report("learning_rate", context.LearningRate);
        if (!_monitor.TryRead(context, out float current))
        {
            return;
        }

        if (_cooldownLeft > 0)
        {
            _cooldownLeft--;
        }

        if (_monitor.IsImprovement(current, _best))
        {
            _best = current;
            _wait = 0;
        }
        else if (_cooldownLeft == 0)
        {
            _wait++;
            if (_wait >= _patience && context.LearningRate > _minLearningRate)
            {
                context.LearningRate = MathF.Max(context.LearningRate * _factor, _minLearningRate);
                _cooldownLeft = _cooldown;
                _wait = 0;
            }
        }
    }

    internal override bool IsExclusive => true;

    /// <inheritdoc/>
    public override void CaptureState(CallbackState state)
    {
        state.Add("best", _best);
        state.Add("wait", _wait);
        state.Add("cooldown", _cooldownLeft);
    }

    /// <inheritdoc/>
    public override void RestoreState(TrainingContext context, CallbackState state)
    {
        _best = state.Number("best");
        _wait = (int)state.Number("wait");
        _cooldownLeft = (int)state.Number("cooldown");
    }
}
