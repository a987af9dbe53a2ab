using System.Globalization;

namespace Unroll.Generator.Model;

/// <summary>A hash of text as eight hexadecimal digits, the same in every run and on every machine: FNV-1a.</summary>
internal static class StableHash
{
    public static string Of(string text)
    {
        uint hash = 2166136261;
        foreach (char character in text)
        {
            hash = unchecked((hash ^ character) * 16777619);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
