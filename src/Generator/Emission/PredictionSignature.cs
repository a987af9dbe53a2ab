using Unroll.Generator.Model;

namespace Unroll.Generator.Emission;

/// <summary>How the members are declared that predict with a network's own inputs and outputs, without modifiers and body.</summary>
internal sealed class PredictionSignature
{
    public const string OfIds = $"float[] Predict({Ids} ids)";
    public const string OfIdsIntoSpan = $"void Predict({Ids} ids, {Room} outputs)";

    /// <summary>What runs the prediction in the body: no parameter's name.</summary>
    public const string Running = "__prediction";

    // What tuples have by themselves, or would be confused with it: no element may be called so.
    private static readonly string[] s_ofTuples = ["CompareTo", "Deconstruct", "Equals", "GetHashCode", "Rest", "ToString"];

    private const string Rows = "global::System.ReadOnlySpan<float>";
    private const string Ids = "global::System.ReadOnlySpan<int>";
    private const string Room = "global::System.Span<float>";

    public PredictionSignature(NetworkEnds ends)
    {
        // A parameter of each name: an input and an output may share one.
        var taken = new HashSet<string>(StringComparer.Ordinal) { Running };
        Inputs = [.. ends.Inputs.Select(input => Identifiers.Parameter(input, taken))];
        taken.UnionWith(s_ofTuples);
        taken.UnionWith(ends.Outputs.Where(IsPlaceInTuple));
        Outputs = [.. ends.Outputs.Select(output => Identifiers.Parameter(output, taken))];
    }

    /// <summary>The names of the parameters that are inputs.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The names of the outputs, in parameters and tuples.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Whether there is more to tell apart than by <c>Model.Predict</c>.</summary>
    public bool IsNeeded => Inputs.Count > 1 || Outputs.Count > 1;

    public string IntoSpans =>
        $"void Predict({string.Join(", ", Inputs.Select(static name => $"{Rows} {name}").Concat(Outputs.Select(static name => $"{Room} {name}")))})";

    /// <summary>Null where one input would make it that of <c>Model</c>.</summary>
    public string? IntoArrays => Inputs.Count < 2 ? null : $"{Arrays} Predict({string.Join(", ", Inputs.Select(static name => $"{Rows} {name}"))})";

    // Item1, which no other element but the first may be called.
    private static bool IsPlaceInTuple(string name) =>
        name.StartsWith("Item", StringComparison.Ordinal) && name.Length > 4 && name.Skip(4).All(char.IsDigit);

    private string Arrays => Outputs.Count == 1 ? "float[]" : $"({string.Join(", ", Outputs.Select(static name => $"float[] {name}"))})";
}
