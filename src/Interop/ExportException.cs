namespace Unroll.Interop;

/// <summary>A network that another format cannot hold: everything that stands in the way, at once.</summary>
public sealed class ExportException : Exception
{
    internal ExportException(string format, IReadOnlyList<string> problems)
        : base($"The network cannot be written as {format}:{string.Concat(problems.Select(static problem => $"{Environment.NewLine}  {problem}"))}")
    {
        Problems = problems;
    }

    /// <summary>What cannot be written: layer, kind and why.</summary>
    public IReadOnlyList<string> Problems { get; }
}
