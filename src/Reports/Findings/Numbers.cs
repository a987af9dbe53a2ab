using System.Globalization;

namespace Unroll.Reports.Findings;

/// <summary>Numbers and lists as people read them, and sums over curves.</summary>
internal static class Numbers
{
    private const int MostNames = 6;

    /// <summary>Three digits: <c>0.0123</c>, <c>1.23e-7</c>.</summary>
    public static string Text(double value)
    {
        double size = Math.Abs(value);
        string format = double.IsFinite(value) && size is not 0 && size is < 1e-3 or >= 1e6 ? "0.##e+0" : size >= 1000 ? "#,0" : size >= 100 ? "0.#" : size >= 1 ? "0.##" : "0.####";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Enough digits to tell the lines of an axis apart.</summary>
    public static string Tick(double value)
    {
        double size = Math.Abs(value);
        return value.ToString(size is not 0 && size is < 1e-3 or >= 1e6 ? "0.##e+0" : "#,0.#####", CultureInfo.InvariantCulture);
    }

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (100 * share).ToString(share is > 0.001 and < 0.999 ? "0.#" : "0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>The first few, and how many more there are.</summary>
    public static string List(IReadOnlyList<string> names)
    {
        string first = string.Join(", ", names.Take(MostNames));
        return names.Count <= MostNames ? first : $"{first} and {names.Count - MostNames} more";
    }

    /// <summary>The middle one of those that are numbers; NaN without any.</summary>
    public static float Median(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Where(static value => !float.IsNaN(value)).Order()];
        return sorted.Length == 0 ? float.NaN : sorted[sorted.Length / 2];
    }
}
