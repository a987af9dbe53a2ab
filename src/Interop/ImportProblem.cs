namespace Unroll.Interop;

/// <summary>One thing in a model's file that a network cannot represent.</summary>
/// <param name="Node">The layer's name in the file, those of the models around it before it: <c>inner/dense</c>.</param>
/// <param name="Layer">Its class there: <c>Dense</c>.</param>
/// <param name="Argument">The argument; null where it is the whole layer.</param>
/// <param name="Why">What was expected and what came.</param>
/// <param name="Instead">What would do.</param>
public sealed record ImportProblem(string Node, string Layer, string? Argument, string Why, string Instead)
{
    /// <summary>One line: <c>encoder (Dense), activation: 'glu' is no activation of Unroll; …</c>.</summary>
    public override string ToString() =>
        $"{Node} ({Layer}){(Argument is null ? "" : $", {Argument}")}: {Why}; {Instead}";
}
