using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>Convolutions and poolings: outputs, evaluated loss and gradients, at every machine and batch size.</summary>
public sealed class ConvolutionNetworkTests
{
    private const int Seed = 42;

    public static TheoryData<Machine, string> Cases => NormalizationNetworkTests.CasesOf(ConvolutionNetworks.All);

    public static TheoryData<string> Names => [.. ConvolutionNetworks.All.Select(static network => network.Blueprint.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheReference(Machine machine, string name)
    {
        NetworkCase network = ConvolutionNetworks.All.Single(network => network.Blueprint.Name == name);
        Model model = ConvolutionNetworks.Library.Create(name, machine, Seed);
        RandomValues.AssignTo(model, seed: 5);
        Agreement.OfCase(network, model, Seed, Agreement.FewerBatches);
    }

    /// <summary>A step checks every gradient it applies, padding included.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void LearnsWithinItsParameters(string name)
    {
        NetworkCase network = ConvolutionNetworks.All.Single(network => network.Blueprint.Name == name);
        Model model = ConvolutionNetworks.Library.Create(name, Machines.Widest, Seed);
        model.Compile(new SGD(0.01f) { GlobalClipNorm = 1f }, network.Loss.Loss);
        Dataset data = network.Batch(33);
        model.Fit(data, epochs: 2, batchSize: 14);

        Agreement.OfOutputs(network.Blueprint, model, data.Features.ToArray());
    }
}
