using Unroll.Generator.Model;

namespace Unroll.Generator.Planning.Calls;

/// <summary>A phase as it is emitted.</summary>
/// <param name="Kind">How its work is shared.</param>
/// <param name="Statements">In order.</param>
internal sealed record PlannedPhase(PhaseKind Kind, EquatableArray<PlannedStatement> Statements)
{
    /// <summary>The parts that any thread may take; 0 where the work is shared by samples.</summary>
    public int Parts => Kind == PhaseKind.Samples ? 0 : Statements.Sum(static statement => statement.Parts);

    /// <summary>For each sample of the batch.</summary>
    public long MultiplyAdds => Statements.Sum(static statement => statement.MultiplyAdds);
}

/// <param name="Statement">What is done.</param>
/// <param name="Parts">Into how many parts it is cut; 1 where it is done at once.</param>
internal sealed record PlannedStatement(Statement Statement, int Parts)
{
    /// <summary>For each sample of the batch, or once where it works on what belongs to the step.</summary>
    public long MultiplyAdds { get; init; }
}
