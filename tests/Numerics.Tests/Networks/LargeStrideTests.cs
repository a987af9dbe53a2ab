using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>Strides of which a window takes none, and dilations of a single tap, mean nothing, however large they are.</summary>
public sealed class LargeStrideTests
{
    private static readonly string[] s_layers =
    [
        "DepthwiseConv2D(2, {0})", "SeparableConv2D(3, 3, {0})", "Conv2D(3, 2, {0})", "Conv2D(3, 2, Padding = Padding.Same, {0})",
        "DepthwiseConv2D(2, Padding = Padding.Same, {0})", "MaxPooling2D(2, {0})", "AveragePooling2D(8, {0})",
    ];

    private static readonly string s_source = string.Concat(s_layers.Index().SelectMany(static layer => new[] { "9", "100_000_000", "134_217_728", "int.MaxValue" }.Select(
        (stride, size) => $"[Network(9, 8, 4)] [{string.Format(null, layer.Item, $"Strides = [{stride}]")}] public sealed partial class Net{layer.Index}_{size};\n")))
        + "[Network(9, 8, 4)] [Conv2D(3, 1, Dilation = [int.MaxValue])] public sealed partial class Dilated;\n[Network(9, 8, 4)] [Conv2D(3, 1)] public sealed partial class Plain;\n"
        + "[Network(9, 8, 4)] [Conv2DTranspose(3, 1, Dilation = [int.MaxValue])] public sealed partial class DilatedBack;\n[Network(9, 8, 4)] [Conv2DTranspose(3, 1)] public sealed partial class PlainBack;\n"
        + "[Network(9, 4, Streaming = true)] [Conv1D(3, 2, Padding = Padding.Causal, Strides = [int.MaxValue])] public sealed partial class Stream;\n"
        + "[Network(9, 4, Streaming = true)] [Conv1D(3, 2, Padding = Padding.Causal, Strides = [9])] public sealed partial class StreamOfNine;";

    private static readonly NetworkLibrary s_library = new(s_source) { Machines = [Machines.Widest] };

    public static TheoryData<int> Layers => [.. Enumerable.Range(0, s_layers.Length)];

    [Theory]
    [MemberData(nameof(Layers))]
    public void AreThoseOfTheInput(int layer)
    {
        for (int size = 1; size <= 3; size++)
        {
            AssertSame($"Net{layer}_0", $"Net{layer}_{size}");
        }
    }

    [Theory]
    [InlineData("Plain", "Dilated")]
    [InlineData("PlainBack", "DilatedBack")]
    [InlineData("StreamOfNine", "Stream")]
    public void NeitherIsWhatIsNotTaken(string plain, string large) => AssertSame(plain, large);

    private static void AssertSame(string plain, string large)
    {
        Model model = s_library.Create(large, Machines.Widest);
        Model same = s_library.Create(plain, Machines.Widest);
        float[] features = RandomValues.Uniform(5 * model.Network.InputSize, seed: 8);
        Assert.Equal(same.Predict(features), model.Predict(features));
        model.Compile(new SGD(), new MeanSquaredError());
        same.Compile(new SGD(), new MeanSquaredError());
        var data = new Dataset(features, RandomValues.Uniform(5 * model.Network.OutputSize, seed: 9), 5);
        Assert.Equal(same.ComputeGradients(data).Values, model.ComputeGradients(data).Values);
    }
}
