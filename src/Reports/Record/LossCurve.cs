namespace Unroll.Reports.Record;

/// <summary>The loss of one output over the epochs, or of all where nothing is known of the outputs.</summary>
/// <param name="Key">Its name in the history.</param>
/// <param name="Output">The output's name; empty where there is no other.</param>
/// <param name="Head">The output; null where nothing but a history is left.</param>
internal sealed record LossCurve(string Key, string Output, Head? Head)
{
    private const string Suffix = "_loss";
    private const string Validation = "val_";

    /// <summary>What its validation is named in the history.</summary>
    public string ValidationKey => Validation + Key;

    /// <summary><c>" of output size"</c>, in a sentence.</summary>
    public string Of => Output.Length == 0 ? "" : $" of output {Output}";

    /// <summary>Those of the outputs that are trained.</summary>
    public static IReadOnlyList<LossCurve> AllOf(IReadOnlyList<Head> heads, History history)
    {
        if (heads.Count > 0)
        {
            return [.. heads.Where(static head => head.Weight > 0f).Select(static head => new LossCurve(head.LossName, head.IsAlone ? "" : head.Name, head))];
        }

        string[] keys = [.. history.Keys.Where(static key => key.EndsWith(Suffix, StringComparison.Ordinal) && !key.StartsWith(Validation, StringComparison.Ordinal) && !key.Contains('/', StringComparison.Ordinal))];
        return keys.Length < 2 ? [new LossCurve("loss", "", null)] : [.. keys.Select(static key => new LossCurve(key, key[..^Suffix.Length], null))];
    }
}
