using System.Diagnostics;

namespace Unroll.Benchmarks;

/// <summary>This program once more, in a process of its own, for what depends on how a process starts.</summary>
internal static class ChildRun
{
    /// <summary>Its output, when it has ended.</summary>
    /// <param name="environment">Variables to set.</param>
    /// <param name="arguments">Its command line.</param>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Output(IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> arguments)
    {
        using Process process = Start(environment, arguments);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"The process for '{string.Join(' ', arguments)}' ended with exit code {process.ExitCode}.");
    }

    private static Process Start(IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments)
    {
        string host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ChildRun).Assembly.Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
