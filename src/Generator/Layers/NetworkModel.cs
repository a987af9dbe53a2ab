using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>One annotated class: all the compiler knows about it, free of Roslyn objects and comparable by value.</summary>
/// <param name="Header">The class.</param>
/// <param name="Inputs">In the order of their declaration; at least one.</param>
/// <param name="Nodes">The layers in an order in which each comes after those it reads, blocks expanded.</param>
/// <param name="Outputs">In the order of their declaration; at least one where there are layers.</param>
/// <param name="Budget">The most it may cost.</param>
internal sealed record NetworkModel(
    TypeHeader Header,
    EquatableArray<NetworkInput> Inputs,
    EquatableArray<LayerNode> Nodes,
    EquatableArray<NetworkOutput> Outputs,
    BudgetSpec Budget)
{
    /// <summary>Whether it is compiled for streams too.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>How wide the kernels are that predictions read.</summary>
    public WeightPrecision InferenceWeights { get; init; }

    /// <summary>The weights it has from the start; null where it starts with random ones alone.</summary>
    public PretrainedSpec? Pretrained { get; init; }

    /// <summary>What it reads and gives.</summary>
    public NetworkEnds Ends => new(
        Inputs.Select(static input => input.Name).ToEquatableArray(),
        Outputs.Select(static output => output.Name).ToEquatableArray(),
        Nodes.Any(static node => node.Layer.Ids is not null),
        IsStreaming);

    /// <summary>The same, with what the weights files of the project make of it.</summary>
    public NetworkModel With(EquatableArray<WeightsFile> files) => Pretrained is null ? this : this with { Pretrained = Pretrained.Find(files) };
}

/// <summary>A value the network is given.</summary>
/// <param name="Position">Of its attribute among the parts of the network; null where <c>[Network]</c> itself gives the shape.</param>
internal sealed record NetworkInput(string Name, EquatableArray<int> Shape, int? Position = null)
{
    /// <summary>What the one input of <c>[Network(6, 8)]</c> is called.</summary>
    public const string DefaultName = "input";
}

/// <summary>A layer in its place.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The names of the layers and inputs it reads.</param>
/// <param name="Owner">The name its parameters carry: its own, or that of the layer it shares them with.</param>
internal sealed record LayerNode(Layer Layer, EquatableArray<string> Inputs, string Owner)
{
    /// <summary>Whether training may change its parameters.</summary>
    public bool IsTrained { get; init; } = true;

    /// <summary>The position of the use whose <c>Shared</c> says that the owner is another's; null where it is no other's.</summary>
    public int? SharedAt { get; init; }
}

/// <summary>A value the network gives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Layer">The layer whose value it is.</param>
/// <param name="Position">Of its attribute among the parts of the network; null where the last layer is the output.</param>
internal sealed record NetworkOutput(string Name, string Layer, int? Position = null)
{
    /// <summary>What the one output is called where none is declared.</summary>
    public const string DefaultName = "output";
}
