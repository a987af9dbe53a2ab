using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxExport;

/// <summary>One layer on its way to nodes.</summary>
/// <param name="Writer">Receives them.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">What it reads.</param>
internal sealed record LayerCall(GraphWriter Writer, ModelLayer Layer, IReadOnlyList<ExportValue> Inputs)
{
    public ExportValue X => Inputs[0];

    /// <summary>The input as the network has it.</summary>
    public string Plain => Writer.AsNetwork(X).Name;

    public int[] InputShape => X.Shape;

    public string Add(string operation, params string[] inputs) => Writer.Add(operation, inputs);

    public string Add(string operation, string[] inputs, params (string Name, object Value)[] attributes) => Writer.Add(operation, inputs, attributes);

    /// <summary>The layer's value in the network's order.</summary>
    public ExportValue Give(string name) => new(name, Layer.Shape);

    /// <summary>The layer's value with its channels first.</summary>
    public ExportValue GiveChannelsFirst(string name) => new(name, Layer.Shape, IsChannelsFirst: Layer.Shape.Length > 1);

    /// <summary>After the layer's own activation, where it has one.</summary>
    public ExportValue Activated(ExportValue x) =>
        ActivationExport.Apply(this, x, Layer.Argument<Activation>("Activation"), ActivationArguments.Defaults);

    /// <summary>An argument's axes, from 0 and without the batch, in ascending order.</summary>
    public int[] Axes(string argument = "Axis") =>
        [.. Layer.PerAxis(argument, 1).Select(axis => axis < 0 ? axis + InputShape.Length : axis - 1).Order()];
}
