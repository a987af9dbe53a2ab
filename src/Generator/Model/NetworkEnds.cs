namespace Unroll.Generator.Model;

/// <summary>What a network reads and gives, as far as members of its class follow from it.</summary>
/// <param name="Inputs">Their names.</param>
/// <param name="Outputs">Their names.</param>
/// <param name="HasIds">Whether an embedding reads them.</param>
/// <param name="IsStreaming">Whether it is compiled for streams.</param>
internal sealed record NetworkEnds(EquatableArray<string> Inputs, EquatableArray<string> Outputs, bool HasIds, bool IsStreaming);
