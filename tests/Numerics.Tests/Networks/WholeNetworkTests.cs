using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

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
            foreach (Machine machine in Machines.All)
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
        foreach (int count in Agreement.Batches)
        {
            Dataset batch = network.Batch(count);
            Agreement.OfOutputs(network.Blueprint, model, batch.Features.ToArray());

            // ComputeGradients is the step after those of training; here none was made.
            ulong noise = RandomSource.Combine(Seed, 0);
            Agreement.OfGradients(network.Blueprint, model, batch, network.Loss, noise);
            double expected = new ReferenceNetwork(network.Blueprint, model).Loss(batch.Features.ToArray(), batch.Targets.ToArray(), network.Loss);
            Closeness.AssertClose([expected], [model.Evaluate(batch).Loss], depth: 100, $"{name}, batch {count}, evaluated loss");
        }
    }
}
