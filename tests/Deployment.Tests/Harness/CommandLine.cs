using System.Diagnostics;
using System.Text;
using Unroll.Tests;

namespace Unroll.Deployment.Tests.Harness;

/// <summary>Runs programs as a user at a terminal does, without what the test runner put into the environment.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    public static CommandResult Dotnet(string folder, params string[] arguments) => Run("dotnet", arguments, folder);

    public static CommandResult Run(
        string program, string[] arguments, string folder, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        SlowTests.Require("It builds packages and programs");
        using var process = new Process { StartInfo = StartInfo(program, arguments, folder, environment) };
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string command = $"{program} {string.Join(' ', arguments)}";
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} did not end in {s_limit}:\n{output}");
        }

        // Waits for the rest of the output, which the overload with a limit does not.
        process.WaitForExit();
        return new CommandResult(command, process.ExitCode, output.ToString());
    }

    public static ProcessStartInfo StartInfo(
        string program, string[] arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string name in start.Environment.Keys.Where(IsOfRunner).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        // A node that outlives its build keeps the pipes open, and so this program waiting.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        // The C# compiler takes half the time without the JIT compiler's counters.
        if (arguments is ["build" or "pack" or "publish", ..])
        {
            start.Environment["DOTNET_TieredPGO"] = "0";
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static bool IsOfRunner(string name) =>
        name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DOTNET_Enable", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("TESTINGPLATFORM", StringComparison.OrdinalIgnoreCase)
        || name is "DOTNET_HOST_PATH" or "Configuration" or "Platform";

    private static void Append(StringBuilder output, string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.Append(line).Append('\n');
            }
        }
    }
}
