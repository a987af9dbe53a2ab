using System.Text.RegularExpressions;

namespace Unroll.Interop.PyTorchFiles;

/// <summary>Names in an order in which 2 comes before 10.</summary>
internal sealed partial class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        string[] left = Parts().Split(x ?? "");
        string[] right = Parts().Split(y ?? "");
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            // Text and numbers take turns.
            string a = i % 2 == 0 ? left[i] : left[i].TrimStart('0');
            string b = i % 2 == 0 ? right[i] : right[i].TrimStart('0');
            int order = i % 2 == 1 && a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>The name with its numbers left out.</summary>
    public static string WithoutNumbers(string name) => Parts().Replace(name, "#");

    [GeneratedRegex("([0-9]+)")]
    private static partial Regex Parts();
}
