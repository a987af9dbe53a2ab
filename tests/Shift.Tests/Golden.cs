using System.Text.Json;

namespace Unroll.Shift.Tests;

/// <summary>The numbers of tests/golden/shift.py, which come from scipy and numpy.</summary>
internal static class Golden
{
    public static readonly JsonElement Values = Read();

    public static float[] Floats(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(static value => (float)value.GetDouble())];

    public static double[] Doubles(this JsonElement element) => [.. element.EnumerateArray().Select(static value => value.GetDouble())];

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static void AssertClose(double expected, double actual, double relative, double absolute = 0)
    {
        double error = Math.Abs(expected - actual);
        Assert.True(error <= absolute + (relative * Math.Abs(expected)), FormattableString.Invariant($"expected {expected:G12}, got {actual:G12}"));
    }

    private static JsonElement Read()
    {
        using FileStream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "golden", "shift.json"));
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
