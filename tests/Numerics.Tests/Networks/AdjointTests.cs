using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>
/// The gradient of every linear operation on images and signals is its adjoint, at every machine: ⟨f(x), y⟩ = ⟨x, f*(y)⟩ for any x and y. A
/// convolution is linear in its kernels too.
/// </summary>
/// <remarks>The rows of a Dense layer that reads the number of the sample as one-hot are the samples' x, and their gradient is f*(y).</remarks>
public sealed class AdjointTests
{
    private const int Samples = 5;

    private static readonly (string Name, int[] Shape, string Layer)[] s_operations =
    [
        ("Convolution", [7, 6, 3], "Conv2D(17, [3, 2], UseBias = false)"),
        ("ConvolutionStrides", [9, 8, 16], "Conv2D(5, 3, Strides = [2, 3], Padding = Padding.Same, UseBias = false)"),
        ("ConvolutionDilated", [9, 8, 2], "Conv2D(33, [3, 2], Dilation = [2, 3], UseBias = false)"),
        ("ConvolutionGroups", [5, 6, 6], "Conv2D(9, 3, Groups = 3, Padding = Padding.Same, UseBias = false)"),
        ("ConvolutionPoint", [4, 5, 15], "Conv2D(16, 1, UseBias = false)"),
        ("ConvolutionSignal", [11, 3], "Conv1D(17, 3, Padding = Padding.Causal, Dilation = [2], UseBias = false)"),
        ("Depthwise", [6, 7, 17], "DepthwiseConv2D(3, DepthMultiplier = 2, Padding = Padding.Same, UseBias = false)"),
        ("DepthwiseStrides", [9, 8, 3], "DepthwiseConv2D([3, 2], Strides = [2], UseBias = false)"),
        ("DepthwiseSignal", [12, 4], "DepthwiseConv1D(4, UseBias = false)"),
        ("Separable", [6, 7, 3], "SeparableConv2D(5, 3, DepthMultiplier = 2, UseBias = false)"),
        ("SeparableSignal", [12, 4], "SeparableConv1D(6, 3, Strides = [2], Padding = Padding.Same, UseBias = false)"),
        ("Transposed", [4, 5, 3], "Conv2DTranspose(17, 3, UseBias = false)"),
        ("TransposedStrides", [4, 3, 16], "Conv2DTranspose(6, [3, 4], Strides = [2], Padding = Padding.Same, UseBias = false)"),
        ("TransposedPadding", [4, 3, 2], "Conv2DTranspose(6, 2, Strides = [3], OutputPadding = [1], UseBias = false)"),
        ("TransposedSignal", [6, 4], "Conv1DTranspose(5, 4, Strides = [2], UseBias = false)"),
        ("AveragePooling", [6, 8, 17], "AveragePooling2D(2)"),
        ("AveragePoolingSame", [7, 8, 3], "AveragePooling2D([3, 2], Strides = [2, 1], Padding = Padding.Same)"),
        ("AveragePoolingSignal", [9, 3], "AveragePooling1D(3, Strides = [2])"),
        ("GlobalAverage", [5, 4, 17], "GlobalAveragePooling2D"),
        ("GlobalAverageSignal", [9, 3], "GlobalAveragePooling1D"),
        ("Zeros", [4, 5, 3], "ZeroPadding2D([1, 0, 2, 3])"),
        ("ZerosOfSignals", [5, 17], "ZeroPadding1D(2, 1)"),
        ("Cropping", [7, 6, 3], "Cropping2D([1, 0, 2, 3])"),
        ("CroppingSignal", [9, 17], "Cropping1D(2, 1)"),
        ("Larger", [3, 4, 17], "UpSampling2D([2, 3])"),
        ("LargerSmooth", [3, 4, 3], "UpSampling2D([3, 2], Interpolation = Interpolation.Bilinear)"),
        ("LargerSignal", [5, 3], "UpSampling1D(3)"),
        ("Flip", [5, 4, 3], "RandomFlip"),
        ("Translation", [5, 6, 17], "RandomTranslation(0.9f, 0.7f)"),
        ("TranslationZeros", [5, 6, 3], "RandomTranslation(0.9f, 0.7f, FillMode = FillMode.Constant)"),
        ("Rotation", [6, 5, 3], "RandomRotation(1f, FillMode = FillMode.Wrap)"),
        ("RotationPixels", [6, 5, 17], "RandomRotation(1f, FillMode = FillMode.Constant, Interpolation = Interpolation.Nearest)"),
        ("Zoom", [6, 5, 3], "RandomZoom(0.8f, 0.5f, FillMode = FillMode.Nearest)"),
    ];

    private static readonly NetworkLibrary s_library = new(string.Concat(s_operations.Select(static operation =>
        $"[Network({Samples})] [Dense({Blueprint.Size(operation.Shape)}, UseBias = false)] [Reshape({string.Join(", ", operation.Shape)})] [{operation.Layer}] "
        + $"public sealed partial class {operation.Name};\n")));

    public static TheoryData<Machine, string> Operations =>
        [.. Machines.Tested.SelectMany(static machine => s_operations.Select(operation => new TheoryDataRow<Machine, string>(machine, operation.Name)))];

    [Theory]
    [MemberData(nameof(Operations))]
    public void TheGradientIsTheAdjoint(Machine machine, string name)
    {
        Model model = s_library.Create(name, machine, seed: 4);
        float[] oneHot = new float[Samples * Samples];
        for (int sample = 0; sample < Samples; sample++)
        {
            oneHot[(sample * Samples) + sample] = 1f;
        }

        RandomValues.AssignTo(model, seed: 6, gain: 2f);
        int outputs = Blueprint.Size([.. model.Network.Outputs[0].Shape]);
        float[] y = RandomValues.Uniform(Samples * outputs, seed: 7);
        var loss = new PairingLoss(Samples * outputs / model.Network.Outputs[0].Shape[^1]);
        model.Compile(new NoOptimizer(), loss);
        Gradients gradients = model.ComputeGradients(new Dataset(oneHot, y, Samples));

        double[] left = Products(loss.Outputs, y);
        foreach (Parameter parameter in model.Parameters)
        {
            double[] right = Products(parameter.ToArray(), gradients[parameter.Name]);

            // Terms of sums of some hundred products each, which stray by 16·u·√n of their sizes at most.
            double size = Math.Sqrt(left.Sum(static term => term * term)) + Math.Sqrt(right.Sum(static term => term * term));
            Assert.True(size > 0.5, $"{name}: there is nothing to compare.");
            Assert.True(
                Math.Abs(left.Sum() - right.Sum()) <= 1e-5 * size,
                FormattableString.Invariant($"{name}, {parameter.Name}: ⟨f(x), y⟩ = {left.Sum():G9}, ⟨x, f*(y)⟩ = {right.Sum():G9}"));
        }
    }

    [Fact]
    public void EveryKindOfLinearOperationIsHere()
    {
        string[] linear = ["Conv", "Average", "Padding", "Cropping", "UpSampling", "Random"];
        IEnumerable<string> kinds = typeof(LayerAttribute).Assembly.GetExportedTypes()
            .Where(static type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)
            .Select(static type => type.Name[..^"Attribute".Length])
            .Where(kind => kind != "Average" && linear.Any(part => kind.Contains(part, StringComparison.Ordinal)));

        Assert.Equal(kinds.Order(StringComparer.Ordinal), s_operations.Select(static operation => operation.Layer.Split('(')[0]).Distinct().Order(StringComparer.Ordinal));
    }

    private static double[] Products(float[] first, float[] second)
    {
        Assert.Equal(first.Length, second.Length);
        return [.. first.Zip(second, static (a, b) => (double)a * b)];
    }

    /// <summary>Has the target as its gradient, the mean over the vectors of the batch undone, and keeps the outputs.</summary>
    private sealed class PairingLoss(int vectors) : Loss
    {
        private readonly List<float> _outputs = [];

        public override string Name => "pairing";

        public float[] Outputs => [.. _outputs];

        public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
        {
            _outputs.AddRange(prediction);
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] = target[i] * vectors;
            }

            return 0f;
        }
    }
}
