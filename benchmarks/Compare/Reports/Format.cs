using System.Globalization;

namespace Unroll.Benchmarks;

/// <summary>How numbers look in a table.</summary>
internal static class Format
{
    private const double LeastProcessorShare = 0.9;

    /// <summary>Three digits that count: <c>0.0123</c>, <c>1.23</c>, <c>123</c>.</summary>
    public static string Number(double value)
    {
        int digits = value == 0 ? 0 : 2 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return value.ToString($"N{Math.Clamp(digits, 0, 4)}", CultureInfo.InvariantCulture);
    }

    public static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    public static string Bytes(double bytes) => bytes >= 1 << 20 ? $"{Number(bytes / (1 << 20))} MiB" : $"{Number(bytes / 1024)} KiB";

    public static string Verdict(bool isMet) => isMet ? "yes" : "**no**";

    /// <summary>No verdict where another program had a part of the processor.</summary>
    /// <param name="isMet">Whether the target is met.</param>
    /// <param name="processorShare">Processor time ÷ elapsed time of what was measured.</param>
    public static string Verdict(bool isMet, double processorShare) => processorShare < LeastProcessorShare ? "disturbed" : Verdict(isMet);
}
