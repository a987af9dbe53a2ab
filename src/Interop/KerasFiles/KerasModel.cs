using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>A sequential or functional model as its configuration describes it.</summary>
/// <param name="Name">Of the model.</param>
/// <param name="Inputs">In the model's order.</param>
/// <param name="Calls">Every call of a layer, after those whose values it reads.</param>
/// <param name="Outputs">In the model's order.</param>
internal sealed record KerasModel(
    string Name, IReadOnlyList<KerasInput> Inputs, IReadOnlyList<KerasCall> Calls, IReadOnlyList<KerasOutput> Outputs)
{
    /// <summary>A model of one layer, whose input has a name that no layer can have.</summary>
    public static KerasModel Of(KerasLayer layer) => new(
        layer.Name,
        [new KerasInput("", [1])],
        [new KerasCall(layer, 0, [new KerasValue("", 0)])],
        [new KerasOutput(layer.Name, new KerasValue(layer.Name, 0))]);
}

/// <param name="Layer">The name of its InputLayer.</param>
/// <param name="Shape">Of one sample.</param>
internal sealed record KerasInput(string Layer, IReadOnlyList<int> Shape);

/// <param name="Name">The key where outputs have keys, else the layer's name.</param>
/// <param name="Value">What it is.</param>
internal sealed record KerasOutput(string Name, KerasValue Value);

/// <summary>What one call of a layer gave.</summary>
/// <param name="Layer">Its name.</param>
/// <param name="Call">How often it was called before.</param>
/// <param name="Tensor">Which of its values, where it gives several.</param>
internal readonly record struct KerasValue(string Layer, int Call, int Tensor = 0);

/// <summary>A layer, however often it is called.</summary>
/// <param name="Name">In the file.</param>
/// <param name="Path">Its name after those of the models around it.</param>
/// <param name="ClassName">As <c>Dense</c>.</param>
/// <param name="Config">Its arguments.</param>
/// <param name="InputRank">Axes of its input with the batch axis; 0 where the file does not say.</param>
/// <param name="Weights">Its group in the weights file.</param>
/// <param name="Inner">Where it is a model.</param>
internal sealed record KerasLayer(
    string Name, string Path, string ClassName, JsonElement Config, int InputRank, string Weights, KerasModel? Inner)
{
    /// <summary>Where its variables are within its group: of a recurrent layer in its cell, of one in both directions in two.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [""];

    /// <summary>Whether the model within is applied to each step of a sequence.</summary>
    public bool IsOfEachStep => Inner is not null && ClassName == Wrappers.TimeDistributed;
}

/// <param name="Layer">What is called.</param>
/// <param name="Index">How often it was called before.</param>
/// <param name="Inputs">What it reads.</param>
internal sealed record KerasCall(KerasLayer Layer, int Index, IReadOnlyList<KerasValue> Inputs)
{
    /// <summary>Of attention, whether a step attends to itself and those before it alone.</summary>
    public bool IsCausal { get; init; }

    /// <summary>What the states of a recurrent layer are before the first step; none for zeros.</summary>
    public IReadOnlyList<KerasValue> States { get; init; } = [];

    /// <summary>The steps of the sequence it reads; 0 where the file does not say.</summary>
    public int Steps { get; init; }

    /// <summary>Inputs and states.</summary>
    public IEnumerable<KerasValue> Reads => Inputs.Concat(States);
}
