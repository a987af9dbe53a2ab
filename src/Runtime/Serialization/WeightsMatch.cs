namespace Unroll.Serialization;

/// <summary>Holds the tensors of a weights file against those a model expects.</summary>
internal static class WeightsMatch
{
    private const int MostProblems = 20;

    /// <summary>The file's tensors in the order expected.</summary>
    /// <exception cref="InvalidDataException">
    /// One message with the tensors that are missing, of another shape, or not the model's: the first twenty by name.
    /// </exception>
    public static IReadOnlyList<NamedTensor> Match(
        string file, IReadOnlyList<TensorSignature> expected, IReadOnlyList<NamedTensor> actual)
    {
        Dictionary<string, NamedTensor> byName = actual.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
        var problems = new List<string>();
        var matched = new List<NamedTensor>(expected.Count);
        foreach (TensorSignature signature in expected)
        {
            if (!byName.Remove(signature.Name, out NamedTensor? tensor))
            {
                problems.Add($"'{signature.Name}' {TensorShape.Describe(signature.Shape)} is missing");
            }
            else if (!tensor.Shape.SequenceEqual(signature.Shape))
            {
                problems.Add($"'{signature.Name}' must be {TensorShape.Describe(signature.Shape)}, but is {TensorShape.Describe(tensor.Shape)}");
            }
            else
            {
                matched.Add(tensor);
            }
        }

        problems.AddRange(actual.Where(tensor => byName.ContainsKey(tensor.Name))
            .Select(static tensor => $"'{NameList.Shortened(tensor.Name)}' {TensorShape.Describe(tensor.Shape)} is not a parameter of this model"));
        return problems.Count == 0
            ? matched
            : throw new InvalidDataException($"{file} does not hold this model's weights: {Listed(problems)}.");
    }

    // A file may hold anything, and as much of it as it likes.
    private static string Listed(List<string> problems) => problems.Count <= MostProblems
        ? string.Join("; ", problems)
        : $"{string.Join("; ", problems.Take(MostProblems))}; and {problems.Count - MostProblems} more";
}
