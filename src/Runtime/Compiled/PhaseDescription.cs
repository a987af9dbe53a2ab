using System.ComponentModel;

namespace Unroll.Compiled;

/// <summary>Work between two barriers of a training step.</summary>
/// <param name="Kind">How it is shared.</param>
/// <param name="Parts">The parts it is cut into; 0 where it runs sample by sample.</param>
/// <param name="MultiplyAdds">Multiply-adds for each sample of the batch.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record PhaseDescription(PhaseKind Kind, int Parts, long MultiplyAdds);

/// <summary>How the work of a phase is shared.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum PhaseKind
{
    /// <summary>Each worker takes parts of the results.</summary>
    Parts,

    /// <summary>Each worker takes some samples through all operations.</summary>
    Samples,

    /// <summary>Changes what the network remembers, once the step is known to be sound.</summary>
    Commit,
}
