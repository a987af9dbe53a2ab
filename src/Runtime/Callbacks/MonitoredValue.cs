using Unroll.Arguments;

namespace Unroll.Callbacks;

/// <summary>A watched value: finds it in the logs and says what an improvement is.</summary>
internal sealed class MonitoredValue
{
    private readonly string _callback;
    private readonly string _name;
    private readonly MonitorMode _mode;
    private readonly float _minDelta;
    private bool _higherIsBetter;
    private bool _warned;

    public MonitoredValue(string callback, string name, MonitorMode mode, float minDelta)
    {
        _callback = callback;
        _name = name;
        _mode = mode;
        _minDelta = minDelta;
    }

    /// <summary>The value that everything is better than.</summary>
    public float Worst => _higherIsBetter ? float.NegativeInfinity : float.PositiveInfinity;

    /// <summary>Decides the direction; call it when training begins.</summary>
    /// <exception cref="ArgumentException">The mode is automatic and the direction is not known.</exception>
    public void Begin(TrainingContext context)
    {
        _warned = false;
        _higherIsBetter = _mode switch
        {
            MonitorMode.Min => false,
            MonitorMode.Max => true,
            _ => DirectionOf(context),
        };
    }

    /// <summary>Reads the value; the first time it is missing, warns of it.</summary>
    public bool TryRead(TrainingContext context, out float value)
    {
        bool found = context.Logs.TryGet(_name, out value);
        if (!found && !_warned)
        {
            _warned = true;
            context.Warn($"{_callback} watches '{_name}', which is not available. Available are: {NameList.Of(context.Logs.Names)}.");
        }

        return found;
    }

    /// <summary>Whether the value beats the reference by more than the minimal change. False for NaN.</summary>
    public bool IsImprovement(float value, float reference) =>
        _higherIsBetter ? value - _minDelta > reference : value + _minDelta < reference;

    private bool DirectionOf(TrainingContext context)
    {
        string name = _name.StartsWith("val_", StringComparison.Ordinal) ? _name["val_".Length..] : _name;
        (string Name, Metric Metric)[] known = [.. context.NamedMetrics];
        foreach ((string metricName, Metric metric) in known)
        {
            if (metricName == name && metric.HigherIsBetter is bool higherIsBetter)
            {
                return higherIsBetter;
            }
        }

        string[] losses = [.. context.State.Instance.Goals.Select(static goal => goal.LossName).Prepend("loss").Distinct()];
        IEnumerable<string> watchable = losses.Concat(known.Where(static metric => metric.Metric.HigherIsBetter is not null).Select(static metric => metric.Name));
        return losses.Contains(name)
            ? false
            : throw new ArgumentException(
                $"{_callback} cannot tell whether '{_name}' should rise or fall: pass MonitorMode.Min or MonitorMode.Max, or watch one "
                + $"of these, or with val_ before the name one of the validation: {NameList.Of([.. watchable])}.",
                "monitor");
    }
}
