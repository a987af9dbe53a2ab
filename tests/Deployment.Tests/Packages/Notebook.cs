using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>The kernel of .NET Interactive, spoken to as an editor does.</summary>
internal sealed class Notebook : IDisposable
{
    private readonly Process _process;
    private int _cells;

    public Notebook(string program, string folder)
    {
        ProcessStartInfo start = CommandLine.StartInfo(
            program,
            ["stdio", "--default-kernel", "csharp"],
            folder,
            new Dictionary<string, string> { ["DOTNET_ROLL_FORWARD"] = "LatestMajor", ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1" });
        start.RedirectStandardError = false;
        _process = Process.Start(start)!;
        ReadUntil("KernelReady");
    }

    /// <summary>What a cell prints, and what is wrong with it.</summary>
    public string Run(string code)
    {
        string token = $"cell{++_cells}";
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("token", token);
            json.WriteString("commandType", "SubmitCode");
            json.WriteStartObject("command");
            json.WriteString("code", code);
            json.WriteString("targetKernelName", "csharp");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        _process.StandardInput.WriteLine(Encoding.UTF8.GetString(line.ToArray()));
        _process.StandardInput.Flush();
        return ReadUntil("CommandSucceeded", "CommandFailed");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private string ReadUntil(params string[] ends)
    {
        var text = new StringBuilder();
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (!line.StartsWith('{'))
            {
                continue;
            }

            using JsonDocument document = JsonDocument.Parse(line);
            string type = document.RootElement.GetProperty("eventType").GetString()!;
            JsonElement content = document.RootElement.GetProperty("event");
            if (type == "StandardOutputValueProduced")
            {
                text.Append(content.GetProperty("formattedValues")[0].GetProperty("value").GetString());
            }
            else if (type == "CommandFailed")
            {
                text.Append(content.GetProperty("message").GetString());
            }

            if (ends.Contains(type))
            {
                return text.ToString();
            }
        }

        throw new InvalidOperationException($"The kernel ended after: {text}");
    }
}
