namespace Unroll.Generator.Diagnostics;

/// <summary>The name that was meant by a misspelt one.</summary>
internal static class NearestName
{
    /// <returns>The candidate with the fewest slips of the pen, if it has few and no other has as few; else null.</returns>
    public static string? Of(string written, IEnumerable<string> candidates)
    {
        (string Name, int Slips)[] nearest =
        [
            .. candidates.Distinct(StringComparer.Ordinal)
                .Select(candidate => (Name: candidate, Slips: Slips(written.ToUpperInvariant(), candidate.ToUpperInvariant())))
                .OrderBy(static pair => pair.Slips)
                .Take(2),
        ];
        bool isNear = nearest.Length > 0 && nearest[0].Slips <= Math.Max(1, written.Length / 3);
        bool isAlone = nearest.Length == 1 || (nearest.Length == 2 && nearest[0].Slips < nearest[1].Slips);
        return isNear && isAlone ? nearest[0].Name : null;
    }

    /// <summary>Letters left out, added, replaced or swapped with their neighbours: the distance of Damerau, restricted to untouched neighbours.</summary>
    private static int Slips(string left, string right)
    {
        int[,] slips = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    slips[i, j] = i + j;
                    continue;
                }

                int replaced = slips[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                slips[i, j] = Math.Min(replaced, Math.Min(slips[i - 1, j], slips[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    slips[i, j] = Math.Min(slips[i, j], slips[i - 2, j - 2] + 1);
                }
            }
        }

        return slips[left.Length, right.Length];
    }
}
