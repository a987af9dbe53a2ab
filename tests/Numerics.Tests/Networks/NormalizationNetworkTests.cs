using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>Normalization layers and residual connections: outputs, evaluated loss and gradients, at every machine and batch size.</summary>
public sealed class NormalizationNetworkTests
{
    private const int Seed = 42;

    public static TheoryData<Machine, string> Cases => CasesOf(NormalizationNetworks.All);

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheReference(Machine machine, string name)
    {
        NetworkCase network = NormalizationNetworks.All.Single(network => network.Blueprint.Name == name);
        Model model = NormalizationNetworks.Library.Create(name, machine, Seed);
        RandomValues.AssignTo(model, seed: 5);
        Agreement.OfCase(network, model, Seed);
    }

    internal static TheoryData<Machine, string> CasesOf(NetworkCase[] networks)
    {
        var data = new TheoryData<Machine, string>();
        foreach (Machine machine in Machines.Tested)
        {
            foreach (NetworkCase network in networks)
            {
                data.Add(machine, network.Blueprint.Name);
            }
        }

        return data;
    }
}
