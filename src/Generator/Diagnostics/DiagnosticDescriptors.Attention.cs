using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Diagnostics;

/// <content>What can be wrong with embeddings and attention.</content>
internal static partial class DiagnosticDescriptors
{
    /// <summary>UNR0076: what is computed is no id.</summary>
    public static readonly DiagnosticDescriptor IdsAreComputed = Error(
        "UNR0076", "Ids are computed", "Layer {0}: the ids of an embedding must be an input, as it is or reshaped, but are the output of {1}");

    /// <summary>UNR0077: steps without a vector.</summary>
    public static readonly DiagnosticDescriptor TooFewPositions = Error(
        "UNR0077", "Too few positions", "Layer {0}: sequenceLength must be at least the steps of the input, {1}, but is {2}");

    /// <summary>UNR0078: a key stands for a value.</summary>
    public static readonly DiagnosticDescriptor KeysWithoutValues = Error(
        "UNR0078", "Keys without values", "Layer {0}: the key must have as many steps as the value, {1}, but has {2}");
}
