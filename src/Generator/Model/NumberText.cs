using System.Globalization;

namespace Unroll.Generator.Model;

/// <summary>Numbers as text, the same under every culture.</summary>
internal static class NumberText
{
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>With a comma between thousands.</summary>
    public static string Grouped(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>As many digits as it takes to read the same value.</summary>
    public static string Of(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
