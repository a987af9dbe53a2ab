namespace Unroll.Interop;

/// <summary>What an import has to say.</summary>
internal sealed class ImportReport
{
    /// <summary>What stands in its way.</summary>
    public List<ImportProblem> Problems { get; } = [];

    /// <summary>What changes no prediction.</summary>
    public List<string> Notes { get; } = [];
}
