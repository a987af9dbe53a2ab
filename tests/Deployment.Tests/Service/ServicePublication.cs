using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Service;

/// <summary>samples/Service published with NativeAOT, and weights that its first start has trained.</summary>
public sealed class ServicePublication : IDisposable
{
    private readonly Lazy<CommandResult> _publication;
    private readonly Lazy<string> _weights;

    public ServicePublication()
    {
        _publication = new Lazy<CommandResult>(Publish);
        _weights = new Lazy<string>(Train);
    }

    public Workspace Workspace { get; } = new();

    internal CommandResult Publication => _publication.Value;

    /// <summary>The published program.</summary>
    public string Program
    {
        get
        {
            _ = Publication;
            return Path.Combine(Workspace["service"], "Service");
        }
    }

    public string Weights => _weights.Value;

    public void Dispose() => Workspace.Dispose();

    private CommandResult Publish()
    {
        NativeCompiler.Require();
        return CommandLine.Dotnet(
            Repository.Root,
            "publish", "samples/Service", "-r", "linux-x64", "--artifacts-path", Repository.Artifacts, "-o", Workspace["service"],
            "-p:UnrollInstructionSet=x86-64-v3").RequireSuccess();
    }

    private string Train()
    {
        string weights = Workspace["digits.safetensors"];
        using var service = new ServiceProcess(Program, Workspace.Path, "--weights", weights);
        service.WaitUntilItAnswers(TimeSpan.FromMinutes(2));
        return weights;
    }
}
