using System.Globalization;

namespace Unroll.Tool;

/// <summary>Microseconds of a prediction.</summary>
internal sealed record Timing(double Median, double Least)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.0} µs median, {Least:0.0} µs at least");
}
