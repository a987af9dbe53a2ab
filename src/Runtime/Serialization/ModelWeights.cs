namespace Unroll.Serialization;

/// <summary>A model's parameters to a weights file and back, each under its name in its logical shape.</summary>
internal static class ModelWeights
{
    public static void Save(IReadOnlyList<Parameter> parameters, string path) => SafetensorsFile.Write(
        path, [.. parameters.Select(static parameter => new NamedTensor(parameter.Name, parameter.Shape, parameter.ToArray()))]);

    /// <summary>Reads and checks everything before the first parameter changes.</summary>
    public static void Load(IReadOnlyList<Parameter> parameters, string path)
    {
        IReadOnlyList<NamedTensor> tensors = WeightsMatch.Match(
            path,
            [.. parameters.Select(static parameter => new TensorSignature(parameter.Name, parameter.Shape))],
            SafetensorsFile.Read(path).Tensors);
        for (int i = 0; i < parameters.Count; i++)
        {
            parameters[i].Assign(tensors[i].Values.Span);
        }
    }
}
