namespace Unroll.Interop;

/// <summary>A model that is read but cannot be represented: everything that stands in the way, at once.</summary>
public sealed class ImportException : Exception
{
    internal ImportException(string file, IReadOnlyList<ImportProblem> problems)
        : base($"{file} cannot be a network of Unroll as it is:{string.Concat(problems.Select(static problem => $"{Environment.NewLine}  {problem}"))}")
    {
        Problems = problems;
    }

    /// <summary>What cannot be represented, in the order of the file.</summary>
    public IReadOnlyList<ImportProblem> Problems { get; }
}
