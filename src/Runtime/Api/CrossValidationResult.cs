using System.Globalization;
using System.Text;

namespace Unroll;

/// <summary>How several networks did on the same folds, in the order of their factories.</summary>
public sealed class CrossValidationResult : IReadOnlyList<CrossValidationScore>
{
    private readonly CrossValidationScore[] _scores;

    internal CrossValidationResult(CrossValidationScore[] scores) => _scores = scores;

    /// <summary>The number of networks.</summary>
    public int Count => _scores.Length;

    /// <summary>The score of a network.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such network.</exception>
    public CrossValidationScore this[int index] => _scores[index];

    /// <summary>The network with the least mean loss.</summary>
    public CrossValidationScore Best => _scores.MinBy(static score => score.Mean("loss"))!;

    /// <inheritdoc/>
    public IEnumerator<CrossValidationScore> GetEnumerator() => ((IEnumerable<CrossValidationScore>)_scores).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => _scores.GetEnumerator();

    /// <summary>
    /// A table: for each network its parameters, mean and standard deviation of loss and metrics over the folds, and in how many folds its
    /// loss was less than that of the best.
    /// </summary>
    public override string ToString()
    {
        CrossValidationScore best = Best;
        string[] keys = [.. best.Folds[0].Keys];
        List<string[]> rows = [["network", "parameters", .. keys, "folds better than the best"]];
        foreach (CrossValidationScore score in _scores)
        {
            int better = score.Folds.Zip(best.Folds).Count(static pair => pair.First.Loss < pair.Second.Loss);
            rows.Add(
            [
                score.Name,
                score.Parameters.ToString("#,0", CultureInfo.InvariantCulture),
                .. keys.Select(key => score.Folds[0].ContainsKey(key)
                    ? string.Create(CultureInfo.InvariantCulture, $"{score.Mean(key):0.0000} ± {score.Deviation(key):0.0000}")
                    : ""),
                score == best ? "best" : string.Create(CultureInfo.InvariantCulture, $"{better} of {score.Folds.Count}"),
            ]);
        }

        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }
}
