namespace Unroll.Serialization;

/// <summary>Holds the tensors of a weights file against those a model expects.</summary>
internal static class WeightsMatch
{
    /// <summary>The file's tensors in the order expected.</summary>
    /// <exception cref="InvalidDataException">
    /// One message with the name of every tensor that is missing, of another shape, or not the model's.
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
            .Select(static tensor => $"'{tensor.Name}' {TensorShape.Describe(tensor.Shape)} is not a parameter of this model"));
        return problems.Count == 0
            ? matched
            : throw new InvalidDataException($"{file} does not hold this model's weights: {string.Join("; ", problems)}.");
    }
}
