namespace Unroll.Interop.PyTorchFiles;

/// <summary>What one module of PyTorch is here: a layer, or a part of one.</summary>
/// <param name="Name">The layer's, and the part's where it has several.</param>
/// <param name="Kind">The layer's.</param>
/// <param name="IsNamed">Whether a person gave the name, so that it says something of the module.</param>
internal sealed record TorchPart(string Name, string Kind, bool IsNamed)
{
    /// <summary>The tensors of the module, by name, with their shapes.</summary>
    public Dictionary<string, int[]> Expected { get; } = new(StringComparer.Ordinal);

    /// <summary>The parameters, each made of the module's tensors.</summary>
    public List<(Parameter Parameter, Func<IReadOnlyDictionary<string, TorchTensor>, float[]> Make)> Targets { get; } = [];

    public bool Fits(TorchModule module) => module.Tensors.Count == Expected.Count
        && module.Tensors.All(tensor => Expected.TryGetValue(tensor.Key, out int[]? shape) && shape.SequenceEqual(tensor.Value.Shape));

    /// <summary>What messages say of it.</summary>
    public override string ToString() =>
        $"{Name} ({Kind}) with {TorchModule.Describe(Expected.Select(static tensor => (tensor.Key, tensor.Value)))}";

    /// <summary>A parameter that one tensor becomes.</summary>
    public void Take(Parameter parameter, string tensor, int[] shape, Func<float[], float[]>? turn = null)
    {
        Expected.Add(tensor, shape);
        Targets.Add((parameter, tensors => turn is null ? tensors[tensor].Values : turn(tensors[tensor].Values)));
    }
}
