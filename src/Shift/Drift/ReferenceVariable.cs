namespace Unroll.Shift;

/// <summary>A feature or an output in the reference.</summary>
internal sealed record ReferenceVariable(ReferenceBins Bins, double Mean, double Deviation);
