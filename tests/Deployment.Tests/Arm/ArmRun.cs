using System.Runtime.InteropServices;
using Unroll.Deployment.Tests.Harness;
using Unroll.Numerics.Tests.Harness;

namespace Unroll.Deployment.Tests.Arm;

/// <summary>Networks compiled to Arm machine code and run by an emulator, once for all tests.</summary>
public sealed class ArmRun : IDisposable
{
    private readonly Lazy<Results> _results;
    private Workspace? _workspace;

    public ArmRun()
    {
        _results = new Lazy<Results>(Run);
    }

    internal Results Get()
    {
        ArmToolchain.Require();
        return _results.Value;
    }

    public void Dispose() => _workspace?.Dispose();

    private Results Run()
    {
        Workspace workspace = _workspace = new Workspace();
        var library = new NetworkLibrary(ArmNetworks.Source);
        ArmNetwork[] networks = [.. ArmNetworks.Names.Select(name => new ArmNetwork(library, name))];
        ArmLibrary.Write(library, networks, workspace[ArmLibrary.AssemblyName + ".dll"]);
        ArmToolchain.CompileToObject(workspace, workspace[ArmLibrary.AssemblyName + ".dll"], workspace["networks.o"]);
        string driver = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Deployment.Tests", "Arm", "driver.c"))
            .Replace("/* DECLARATIONS */", string.Concat(networks.Select(static network => network.Declarations)), StringComparison.Ordinal)
            .Replace("/* TABLE */", string.Join('\n', networks.Select(static network => network.TableLine)), StringComparison.Ordinal);
        ArmToolchain.Link(workspace, workspace.Write("driver.c", driver), workspace["networks.o"], workspace["driver"]);

        using (FileStream input = File.Create(workspace["input.bin"]))
        {
            foreach (ArmNetwork network in networks)
            {
                input.Write(MemoryMarshal.AsBytes<float>(network.Inputs));
                input.Write(MemoryMarshal.AsBytes<float>(network.Targets));
                input.Write(MemoryMarshal.AsBytes<float>(network.Model.Instance.ParameterArena.Span));
            }
        }

        ArmToolchain.Run(workspace, workspace["driver"]).RequireSuccess();
        float[] output = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(workspace["output.bin"])).ToArray();
        var outcomes = new Dictionary<string, Outcome>();
        int at = 0;
        foreach (ArmNetwork network in networks)
        {
            float[] outputs = output[at..(at += network.Targets.Length)];
            outcomes.Add(network.Name, new Outcome(network, outputs, output[at..(at += network.Description.TrainedFloats)]));
        }

        Assert.Equal(output.Length, at);
        return new Results(outcomes, MachineCode.Parse(ArmToolchain.Disassemble(workspace, workspace["networks.o"])));
    }

    /// <param name="Network">The network, and how to compute it here.</param>
    /// <param name="Outputs">Of all samples.</param>
    /// <param name="Gradients">As they lie in memory.</param>
    internal sealed record Outcome(ArmNetwork Network, float[] Outputs, float[] Gradients);

    internal sealed record Results(IReadOnlyDictionary<string, Outcome> Outcomes, IReadOnlyList<MachineCode> Functions);
}
