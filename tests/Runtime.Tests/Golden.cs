using System.Text.Json;

namespace Unroll.Runtime.Tests;

/// <summary>The numbers under tests/golden, made by the scripts beside them.</summary>
internal static class Golden
{
    public static JsonElement Read(string file)
    {
        using FileStream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "golden", file));
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    public static float[] Floats(this JsonElement array) => [.. array.EnumerateArray().Select(value => (float)value.GetDouble())];

    public static double[] Doubles(this JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    public static void AssertClose(double expected, double actual, double relative, double absolute, string what)
    {
        double error = Math.Abs(expected - actual);
        Assert.True(
            error <= absolute + (relative * Math.Abs(expected)),
            FormattableString.Invariant($"{what}: expected {expected:G9}, got {actual:G9}"));
    }
}
