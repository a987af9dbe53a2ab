namespace Unroll;

/// <summary>Which direction of a watched value is an improvement.</summary>
public enum MonitorMode
{
    /// <summary>Losses should fall; a metric's own <see cref="Metric.HigherIsBetter"/> decides for it.</summary>
    Auto,

    /// <summary>Smaller is better.</summary>
    Min,

    /// <summary>Larger is better.</summary>
    Max,
}
