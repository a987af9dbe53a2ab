namespace Unroll.Reports.Charts;

/// <summary>One line of a chart: a value an epoch, NaN for a gap.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Values">The values.</param>
/// <param name="Color">As CSS.</param>
internal sealed record Curve(string Name, IReadOnlyList<float> Values, string Color);
