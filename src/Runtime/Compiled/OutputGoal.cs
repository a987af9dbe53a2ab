namespace Unroll.Compiled;

/// <summary>What one output of a network is trained for, and watched by.</summary>
/// <param name="Output">The output.</param>
/// <param name="Loss">Its loss.</param>
/// <param name="Weight">What the loss counts in the sum over all outputs.</param>
/// <param name="Metrics">What else is watched. An array: a call through an interface for every sample would take longer than a metric.</param>
/// <param name="Prefix">What the names of its loss and metrics begin with: <c>digit_</c>; empty for a network's only output.</param>
internal sealed record OutputGoal(OutputDescription Output, Loss Loss, float Weight, Metric[] Metrics, string Prefix)
{
    /// <summary>Where the targets of this output begin in a row of targets.</summary>
    public int TargetOffset { get; init; }

    /// <summary>The same with metrics that have seen nothing.</summary>
    public OutputGoal WithCopies() => this with { Metrics = [.. Metrics.Select(static metric => metric.Copy())] };

    /// <summary>The target values of one vector.</summary>
    public int TargetColumns => Loss.TargetSizeFor(Output.Columns);

    /// <summary>The target values of one sample.</summary>
    public int TargetSize => Output.Vectors * TargetColumns;

    /// <summary>Whether the loss takes the logits of the output's last activation.</summary>
    public bool FusesHead => Output.Head != Activation.Linear && Loss.FusesWith(Output.Head);

    /// <summary>The name of its loss in logs.</summary>
    public string LossName { get; } = Prefix + "loss";

    /// <summary>The names of its metrics in logs.</summary>
    public string[] MetricNames { get; } = [.. Metrics.Select(metric => Prefix + metric.Name)];

    /// <summary>Begins a measurement.</summary>
    public void BeginMetrics()
    {
        foreach (Metric metric in Metrics)
        {
            metric.Begin(Loss.IsBinary);
        }
    }
}
