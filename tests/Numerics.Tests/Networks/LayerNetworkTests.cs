using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>The smaller layers: outputs, evaluated loss and gradients, at every machine and batch size.</summary>
public sealed class LayerNetworkTests
{
    private const int Seed = 42;

    public static TheoryData<Machine, string> Cases => NormalizationNetworkTests.CasesOf(LayerNetworks.All);

    public static TheoryData<string> Names =>
        [.. LayerNetworks.All.Concat(NormalizationNetworks.All).Select(static network => network.Blueprint.Name)];

    /// <summary>A step checks every gradient it applies, padding included.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void LearnsWithinItsParameters(string name)
    {
        (NetworkCase network, Model model) = Create(name);
        model.Compile(new SGD(0.01f) { GlobalClipNorm = 1f }, network.Loss.Loss);
        Dataset data = network.Batch(33);
        foreach (Parameter statistic in model.Parameters.Where(static parameter => !parameter.IsTrained))
        {
            statistic.Assign([.. Enumerable.Repeat(1f, statistic.Count)]);
        }

        model.Fit(data, epochs: 2, batchSize: 14);

        Agreement.OfOutputs(network.Blueprint, model, data.Features.ToArray());
    }

    /// <summary>What a step leaves in memory does not reach the next one: a training whose memory is new goes on like one that has used it.</summary>
    [Theory]
    [InlineData("GapsAndNormalization")]
    [InlineData("GapsAndLogSoftmax")]
    public void StepsDoNotReadWhatOthersLeft(string name) => Assert.Equal(Trained(name, 2, 2), Trained(name, 1, 1, 1, 1));

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheReference(Machine machine, string name)
    {
        NetworkCase network = LayerNetworks.All.Single(network => network.Blueprint.Name == name);
        Model model = LayerNetworks.Library.Create(name, machine, Seed);
        RandomValues.AssignTo(model, seed: 5);
        Agreement.OfCase(network, model, Seed);
    }

    private static float[] Trained(string name, params int[] epochs)
    {
        (NetworkCase network, Model model) = Create(name);
        model.Compile(new SGD(0.01f) { GlobalClipNorm = 1f }, network.Loss.Loss);
        Dataset data = network.Batch(14);
        foreach (int count in epochs)
        {
            model.Fit(data, epochs: count, batchSize: 14, shuffle: false);
        }

        return [.. model.Parameters.SelectMany(static parameter => parameter.ToArray())];
    }

    private static (NetworkCase Network, Model Model) Create(string name)
    {
        bool isHere = LayerNetworks.All.Any(network => network.Blueprint.Name == name);
        NetworkCase network = (isHere ? LayerNetworks.All : NormalizationNetworks.All).Single(network => network.Blueprint.Name == name);
        return (network, (isHere ? LayerNetworks.Library : NormalizationNetworks.Library).Create(name, Machines.Widest, Seed));
    }
}
