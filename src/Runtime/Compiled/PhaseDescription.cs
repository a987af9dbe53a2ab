using System.ComponentModel;

namespace Unroll.Compiled;

/// <summary>Work between two barriers of a training step.</summary>
/// <param name="Parts">The parts it is cut into; 0: it runs sample by sample.</param>
/// <param name="MultiplyAdds">Multiply-adds for each sample of the batch.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record PhaseDescription(int Parts, long MultiplyAdds);
