using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>A project may check the arithmetic of whole numbers: its networks compute what they compute without.</summary>
public sealed class OverflowChecksTests
{
    private static readonly string s_source =
        LayerExamples.Block + "\n" + string.Concat(LayerExamples.Names.Select(static layer => $"{LayerExamples.Network(layer)} public sealed partial class {layer}Net;\n"))
        + """
        [Network(5, 3)] [Masking] [LSTM(20, GoBackwards = true, ReturnSequences = true)] [GRU(3, Bidirectional = BidirectionalMerge.Sum)] public sealed partial class BothWaysNet;
        [Network(6, 9, 3)] [Conv2D(40, 3, Padding = Padding.Same)] [MaxPooling2D(2)] [DepthwiseConv2D(2)] [Flatten] [Dense(40)] public sealed partial class ImageNet;
        [Network(300)] [Dense(400, Activation.Tanh)] [Dense(200)] [BatchNormalization] [Dense(3, Activation.Softmax)] public sealed partial class WideNet;
        """;

    private static readonly NetworkLibrary s_checked = new(s_source, checksOverflow: true) { Machines = [Machines.Widest] };

    private static readonly NetworkLibrary s_unchecked = new(s_source) { Machines = [Machines.Widest] };

    public static TheoryData<string> Networks => [.. LayerExamples.Names, "BothWays", "Image", "Wide"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void ChangeNothing(string network)
    {
        Model model = s_checked.Create(network + "Net", Machines.Widest);
        Model same = s_unchecked.Create(network + "Net", Machines.Widest);
        RandomValues.AssignTo(model, seed: 6);
        RandomValues.AssignTo(same, seed: 6);
        float[] features = model.Network.Inputs[0].Ids is { } ids
            ? RandomValues.Labels(37 * model.Network.InputSize, ids.Count, seed: 8)
            : RandomValues.Uniform(37 * model.Network.InputSize, seed: 8);
        var data = new Dataset(features, RandomValues.Uniform(37 * model.Network.OutputSize, seed: 9), 37);

        Assert.Equal(same.Predict(features[..model.Network.InputSize]), model.Predict(features[..model.Network.InputSize]));
        Assert.Equal(same.Predict(features), model.Predict(features));
        Assert.Equal(Train(same, data), Train(model, data));
    }

    private static float[] Train(Model model, Dataset data)
    {
        model.Compile(new Adam(), new MeanSquaredError());
        model.Fit(data, epochs: 2, batchSize: 20);
        return [.. model.Parameters.SelectMany(static parameter => parameter.ToArray())];
    }
}
