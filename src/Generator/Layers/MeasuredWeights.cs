namespace Unroll.Generator.Layers;

/// <summary>The parameters of a layer that are measured from the data it reads, by their names in the layer.</summary>
/// <param name="Mean">The mean of each unit.</param>
/// <param name="Variance">The variance of each unit.</param>
internal sealed record MeasuredWeights(string Mean, string Variance);
