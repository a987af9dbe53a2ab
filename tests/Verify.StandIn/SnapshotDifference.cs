using DiffPlex;
using DiffPlex.Model;

namespace VerifyTests;

/// <summary>The lines that differ, with their neighbours.</summary>
internal static class SnapshotDifference
{
    private const int Context = 2;

    // The rest is in the received file.
    private const int MaxLines = 80;

    /// <summary>Marks lines only in <paramref name="verified"/> with -, lines only in <paramref name="received"/> with +.</summary>
    public static string Describe(string verified, string received)
    {
        DiffResult difference = new Differ().CreateLineDiffs(verified, received, ignoreWhitespace: false);
        var lines = new List<string>();
        int position = 0;
        for (int i = 0; i < difference.DiffBlocks.Count; i++)
        {
            DiffBlock block = difference.DiffBlocks[i];
            AddContext(lines, difference.PiecesOld, position, block.DeleteStartA);
            AddMarked(lines, '-', difference.PiecesOld, block.DeleteStartA, block.DeleteCountA);
            AddMarked(lines, '+', difference.PiecesNew, block.InsertStartB, block.InsertCountB);
            position = block.DeleteStartA + block.DeleteCountA;
            int next = i + 1 < difference.DiffBlocks.Count ? difference.DiffBlocks[i + 1].DeleteStartA : difference.PiecesOld.Length;
            int following = Math.Min(Context, next - position);
            AddMarked(lines, ' ', difference.PiecesOld, position, following);
            position += following;
        }

        return string.Join('\n', lines.Count > MaxLines ? [.. lines[..MaxLines], $"  ... {lines.Count - MaxLines} more lines"] : lines);
    }

    private static void AddContext(List<string> lines, string[] pieces, int position, int end)
    {
        int start = Math.Max(position, end - Context);
        if (start > position)
        {
            lines.Add("  ...");
        }

        AddMarked(lines, ' ', pieces, start, end - start);
    }

    private static void AddMarked(List<string> lines, char mark, string[] pieces, int start, int count)
    {
        for (int i = start; i < start + count; i++)
        {
            lines.Add($"{mark} {pieces[i]}");
        }
    }
}
