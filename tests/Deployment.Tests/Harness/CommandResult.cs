namespace Unroll.Deployment.Tests.Harness;

/// <summary>What a program left behind.</summary>
/// <param name="Command">What was run.</param>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">Standard output and standard error as they came.</param>
internal sealed record CommandResult(string Command, int ExitCode, string Output)
{
    public IEnumerable<string> Lines => Output.Split('\n').Select(static line => line.TrimEnd('\r'));

    /// <summary>Each warning once: MSBuild repeats them at the end.</summary>
    public IReadOnlyList<string> Warnings => [.. Lines.Where(static line => line.Contains(": warning ", StringComparison.Ordinal)).Select(static line => line.Trim()).Distinct()];

    public CommandResult RequireSuccess() => ExitCode == 0 ? this : throw new InvalidOperationException($"{Command} ended with {ExitCode}:\n{Output}");
}
