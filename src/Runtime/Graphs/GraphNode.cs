namespace Unroll;

/// <summary>One value of a <see cref="NetworkGraph"/> and where it comes from.</summary>
/// <param name="Layer">The layer it belongs to: <c>dense1</c>; <c>input</c> for the network's input, <c>loss</c> for the loss's gradient.</param>
/// <param name="Kind">The layer's kind, <c>Dense</c>; or what a gradient is of, <c>KernelGradient</c>.</param>
/// <param name="Shape">The value's shape, batch axis left out.</param>
/// <param name="Inputs">
/// What it is computed from: positions among <see cref="NetworkGraph.Layers"/> and, counted on from there, among
/// <see cref="NetworkGraph.Gradients"/>.
/// </param>
public sealed record GraphNode(string Layer, string Kind, IReadOnlyList<int> Shape, IReadOnlyList<int> Inputs)
{
    /// <summary>The name of the output that the value is: that of <c>[Output("digit")]</c>; null where it is none, or no name was given.</summary>
    public string? Output { get; init; }

    /// <summary>Layer, kind and shape: <c>dense1 (Dense) 128</c>; behind them the output: <c>dense1 (Dense) 10, output digit</c>.</summary>
    public override string ToString() => $"{Layer} ({Kind}) {Detail}";

    /// <summary>What is to be said of the value: its shape, and which output it is.</summary>
    internal string Detail => string.Join(" × ", Shape) + (Output is null ? "" : $", output {Output}");
}
