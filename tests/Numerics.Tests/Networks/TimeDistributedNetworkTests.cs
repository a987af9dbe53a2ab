using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>Blocks applied to every step: outputs, evaluated loss and gradients, at every machine and batch size.</summary>
public sealed class TimeDistributedNetworkTests
{
    private const int Seed = 42;

    private static readonly NetworkLibrary s_pairs = new("""
        [Block] [Dense(3, Activation.Tanh)] internal class Step;
        [Block] [Embedding(5, 3)] [GRU(2)] internal class Words;
        [Network(3, 2)] [Masking] [TimeDistributed<Step>] [LSTM(2)] public sealed partial class Wrapped;
        [Network(3, 2)] [Masking] [Dense(3, Activation.Tanh)] [LSTM(2)] public sealed partial class Plain;
        [Network(4)] [Embedding(5, 3, MaskZero = true)] [TimeDistributed<Step>] [LSTM(2)] public sealed partial class WrappedIds;
        [Network(4)] [Embedding(5, 3, MaskZero = true)] [Dense(3, Activation.Tanh)] [LSTM(2)] public sealed partial class PlainIds;
        [Network(2, 2)] [TimeDistributed<Words>] public sealed partial class IdsInside;
        [Block] [Masking] [LSTM(2)] internal class Remembers;
        [Network(3, 4, 2)] [TimeDistributed<Remembers>] public sealed partial class EachRemembers;
        [Network(4, 2)] [Masking] [LSTM(2)] public sealed partial class OneRemembers;
        [Block] [Masking] [GRU(17, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat)] [SimpleRNN(2)] internal class ReadsTwice;
        [Network(3, 4, 2)] [TimeDistributed<ReadsTwice>] public sealed partial class EachReadsTwice;
        [Network(4, 2)] [Masking] [GRU(17, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat)] [SimpleRNN(2)] public sealed partial class OneReadsTwice;
        [Block] [Masking] [BatchNormalization] [GlobalAveragePooling1D] [Dense(2)] internal class Averages;
        [Network(3, 4, 2)] [TimeDistributed<Averages>] public sealed partial class EachAverages;
        [Network(4, 2)] [Masking] [BatchNormalization] [GlobalAveragePooling1D] [Dense(2)] public sealed partial class OneAverages;
        """);

    public static TheoryData<Machine, string> Cases => NormalizationNetworkTests.CasesOf(TimeDistributedNetworks.All);

    public static TheoryData<string> Names => [.. TimeDistributedNetworks.All.Select(static network => network.Blueprint.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheReference(Machine machine, string name)
    {
        NetworkCase network = TimeDistributedNetworks.All.Single(network => network.Blueprint.Name == name);
        Model model = TimeDistributedNetworks.Library.Create(name, machine, Seed);
        RandomValues.AssignTo(model, seed: 5);
        Agreement.OfCase(network, model, Seed, Agreement.FewerBatches);
    }

    /// <summary>A step checks every gradient it applies, padding included.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void LearnsWithinItsParameters(string name)
    {
        NetworkCase network = TimeDistributedNetworks.All.Single(network => network.Blueprint.Name == name);
        Model model = TimeDistributedNetworks.Library.Create(name, Machines.Widest, Seed);
        model.Compile(new SGD(0.01f) { GlobalClipNorm = 1f }, network.Loss.Loss);
        Dataset data = network.Batch(33);
        model.Fit(data, epochs: 2, batchSize: 14);

        Agreement.OfOutputs(network.Blueprint, model, data.Features.ToArray());
    }

    /// <summary>What a wrapper does to layers of one vector is nothing: masks go by, ids and hidden values come through.</summary>
    [Theory]
    [InlineData("Wrapped", "Plain")]
    [InlineData("WrappedIds", "PlainIds")]
    public void AWrappedLayerOfVectorsIsTheLayer(string wrapped, string plain)
    {
        Model model = s_pairs.Create(wrapped, Machines.Widest, Seed);
        Model same = s_pairs.Create(plain, Machines.Widest, Seed);
        float[] features = [1, 2, 0, 0, 3, 0, 4, 0, 0, 1, 1, 2];
        foreach ((Parameter parameter, Parameter other) in model.Parameters.Zip(same.Parameters))
        {
            Assert.EndsWith(other.Name, parameter.Name, StringComparison.Ordinal);
            other.Assign(parameter.ToArray());
        }

        Assert.Equal(same.Predict(features), model.Predict(features));
        Assert.Equal(same.Activations(features)["dense1"], model.Activations(features)["step1/dense1"]);
        Assert.Equal(same.Activations(features)["dense1"], model.Activations(features)["step1"]);

        float[] targets = RandomValues.Uniform(features.Length / model.Network.InputSize * 2, seed: 8);
        model.Compile(new SGD(), new MeanSquaredError());
        same.Compile(new SGD(), new MeanSquaredError());
        var data = new Dataset(features, targets, targets.Length / 2);
        Assert.Equal(same.ComputeGradients(data).Values, model.ComputeGradients(data).Values);
    }

    /// <summary>Masks within a block are those of each of its sequences: three sequences of a sample are three samples of the block alone.</summary>
    [Theory]
    [InlineData("Remembers")]
    [InlineData("ReadsTwice")]
    [InlineData("Averages")]
    public void MaskedSequencesOfASampleAreSamplesOfTheBlock(string block)
    {
        foreach (int samples in (int[])[1, 2, 17, 131])
        {
            Model each = s_pairs.Create("Each" + block, Machines.Widest, Seed);
            Model one = s_pairs.Create("One" + block, Machines.Widest, Seed);
            RandomValues.AssignTo(each, seed: 5);
            foreach ((Parameter parameter, Parameter other) in each.Parameters.Zip(one.Parameters))
            {
                other.Assign(parameter.ToArray());
            }

            float[] features = RandomValues.Uniform(samples * each.Network.InputSize, seed: samples);
            var random = new Random(samples);
            for (int step = 0; step < features.Length; step += 2)
            {
                features.AsSpan(step, 2 * random.Next(2)).Clear();
            }

            float[] targets = RandomValues.Uniform(samples * each.Network.OutputSize, seed: samples + 1);
            each.Compile(new SGD(), new MeanSquaredError());
            one.Compile(new SGD(), new MeanSquaredError());
            Gradients ofEach = each.ComputeGradients(new Dataset(features, targets, samples));
            Gradients ofOne = one.ComputeGradients(new Dataset(features, targets, 3 * samples));

            AssertClose(one.Predict(features), each.Predict(features), $"outputs of {samples} samples");
            AssertClose([ofOne.Loss], [ofEach.Loss], $"loss of {samples} samples");
            foreach ((string name, float[] expected) in ofOne)
            {
                AssertClose(expected, ofEach.Single(gradient => gradient.Key.EndsWith('/' + name, StringComparison.Ordinal)).Value, $"{name}, {samples} samples");
            }
        }
    }

    [Fact]
    public void IdsInsideAreChecked() => Assert.Throws<ArgumentException>(() => s_pairs.Create("IdsInside", Machines.Widest, Seed).Predict([1f, 2f, 3f, 5f]));

    // Sums over as many rows, in another order: each is off by a few units in the last place of the largest number.
    private static void AssertClose(float[] expected, float[] actual, string what)
    {
        float largest = expected.Max(MathF.Abs);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(MathF.Abs(expected[i] - actual[i]) <= 1e-5f * largest, $"{what} [{i}]: expected {expected[i]}, but got {actual[i]}; the largest is {largest}");
        }
    }
}
