using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.NativeAot;

/// <summary>samples/Edge built once, and published for each instruction set that a test asks for; weights it trained are in its folder.</summary>
public sealed class EdgePublications : IDisposable
{
    public const string Weights = "iris.safetensors";

    private readonly Dictionary<string, CommandResult> _published = [];

    public Workspace Workspace { get; } = new();

    /// <summary>The program as the JIT runs it.</summary>
    public string Assembly => Path.Combine(Repository.Artifacts, "bin", "Edge", "release_linux-x64", "Edge.dll");

    /// <param name="instructionSet">As a user gives it; empty for none given.</param>
    internal CommandResult Publish(string instructionSet)
    {
        NativeCompiler.Require();
        if (!_published.TryGetValue(instructionSet, out CommandResult? publication))
        {
            string[] choice = instructionSet.Length == 0 ? [] : [$"-p:UnrollInstructionSet={instructionSet}"];
            publication = CommandLine.Dotnet(
                Repository.Root,
                ["publish", "samples/Edge", "-r", "linux-x64", "--artifacts-path", Repository.Artifacts, "-o", FolderOf(instructionSet), .. choice]);
            _published.Add(instructionSet, publication);
        }

        return publication.RequireSuccess();
    }

    /// <summary>The published program.</summary>
    public string ProgramOf(string instructionSet)
    {
        Publish(instructionSet);
        return Path.Combine(FolderOf(instructionSet), "Edge");
    }

    /// <summary>Has the weights there before a test measures something.</summary>
    public void Train() =>
        CommandLine.Run("dotnet", [Assembly, Weights], Workspace.Path).RequireSuccess();

    public void Dispose() => Workspace.Dispose();

    private string FolderOf(string instructionSet) => Workspace[$"edge-{(instructionSet.Length == 0 ? "plain" : instructionSet)}"];
}
