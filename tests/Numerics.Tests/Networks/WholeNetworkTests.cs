using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>Whole networks: outputs, evaluated loss and gradients of a training step, at every machine and batch size.</summary>
public sealed class WholeNetworkTests
{
    private const int Seed = 42;

    public static TheoryData<Machine, string> Cases
    {
        get
        {
            var data = new TheoryData<Machine, string>();
            foreach (Machine machine in Machines.Tested)
            {
                foreach (NetworkCase network in WholeNetworks.All)
                {
                    data.Add(machine, network.Blueprint.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheReference(Machine machine, string name)
    {
        NetworkCase network = WholeNetworks.All.Single(network => network.Blueprint.Name == name);
        Model model = WholeNetworks.Library.Create(name, machine, Seed);
        RandomValues.AssignTo(model, seed: 5);
        Agreement.OfCase(network, model, Seed);
    }
}
