namespace Unroll.Serialization;

/// <summary>Holds the tensors of a weights file against those a model expects, by what the file's header says alone.</summary>
internal sealed class WeightsMatch
{
    private readonly List<string> _problems = [];
    private readonly List<string> _typeProblems = [];

    private WeightsMatch()
    {
    }

    /// <summary>What agrees: the place among those expected, and the file's entry.</summary>
    public List<(int Index, SafetensorsEntry Entry)> Matched { get; } = [];

    /// <summary>The names of those expected that the file does not have.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>The names of those expected that have another shape in the file.</summary>
    public List<string> OtherShape { get; } = [];

    /// <summary>The names of the file's others.</summary>
    public List<string> Unused { get; } = [];

    /// <param name="file">The file's name, for messages.</param>
    /// <param name="expected">What the model expects.</param>
    /// <param name="entries">What the file has.</param>
    /// <param name="matching">How much of it must agree.</param>
    /// <param name="convert">Whether types other than single precision are read.</param>
    /// <exception cref="InvalidDataException">One message with the names of tensors that are missing, of another shape or type, or not the
    /// model's; of many, the first.</exception>
    public static WeightsMatch Match(
        string file,
        IReadOnlyList<TensorSignature> expected,
        IEnumerable<SafetensorsEntry> entries,
        WeightsMatching matching = WeightsMatching.Exact,
        bool convert = false)
    {
        var match = new WeightsMatch();
        Dictionary<string, SafetensorsEntry> byName = entries.ToDictionary(static entry => entry.Name, StringComparer.Ordinal);
        for (int i = 0; i < expected.Count; i++)
        {
            match.Add(i, expected[i], byName.Remove(expected[i].Name, out SafetensorsEntry? entry) ? entry : null, convert);
        }

        foreach (SafetensorsEntry entry in byName.Values.OrderBy(static entry => entry.Start))
        {
            match.Unused.Add(entry.Name);
            match._problems.Add($"{MessageText.Quote(entry.Name)} {TensorShape.Describe(entry.Shape)} is not a parameter of this model");
        }

        IReadOnlyList<string> problems = matching == WeightsMatching.Exact || (match.Matched.Count == 0 && expected.Count > 0)
            ? [.. match._typeProblems, .. match._problems]
            : match._typeProblems;
        return problems.Count == 0
            ? match
            : throw new InvalidDataException($"{file} does not hold this model's weights: {MessageText.Join("; ", problems)}.");
    }

    private void Add(int index, TensorSignature signature, SafetensorsEntry? entry, bool convert)
    {
        if (entry is null)
        {
            Missing.Add(signature.Name);
            _problems.Add($"'{signature.Name}' {TensorShape.Describe(signature.Shape)} is missing");
        }
        else if (!entry.Shape.AsSpan().SequenceEqual([.. signature.Shape]))
        {
            OtherShape.Add(signature.Name);
            _problems.Add($"'{signature.Name}' must be {TensorShape.Describe(signature.Shape)}, but is {TensorShape.Describe(entry.Shape)}");
        }
        else if (entry.DataType is null || (entry.DataType != ElementType.F32 && !convert))
        {
            string remedy = entry.DataType is null ? "" : ", which is loaded by conversion where 'convert' is true";
            _typeProblems.Add($"'{signature.Name}' must be {ElementType.F32}, but is {MessageText.Cut(entry.DataTypeName)}{remedy}");
        }
        else
        {
            Matched.Add((index, entry));
        }
    }
}
