using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>
/// The derivative of every layer, activation and loss as compiled, against central differences of its own loss, at every machine. The
/// lists are held against the library: what is new and not here fails.
/// </summary>
public sealed class DerivativeTests
{
    // Large against the rounding of a loss, small enough to stay on one side of a kink: seeds are chosen for that.
    private const float Step = 1f / 256;
    private const int Inputs = 3;
    private const int Rows = 4;

    private static readonly Dictionary<string, string> s_layers = new()
    {
        ["Add"] = "[Add(\"\", \"dense1\")]",
        ["Average"] = "[Activate(Activation.Tanh)] [Average(\"\", \"dense1\")]",
        ["Concatenate"] = "[Activate(Activation.Tanh)] [Concatenate(\"\", \"dense1\")]",
        ["Dot"] = "[Activate(Activation.Tanh)] [Dot(\"\", \"dense1\", Axes = [1])]",
        ["Maximum"] = "[Activate(Activation.Tanh)] [Maximum(\"\", \"dense1\")]",
        ["Minimum"] = "[Activate(Activation.Tanh)] [Minimum(\"\", \"dense1\")]",
        ["Multiply"] = "[Activate(Activation.Tanh)] [Multiply(\"\", \"dense1\")]",
        ["Subtract"] = "[Activate(Activation.Tanh)] [Subtract(\"\", \"dense1\")]",
        ["Activate"] = "[Activate(Activation.Mish)]",
        ["ActivityRegularization"] = "[ActivityRegularization(L1 = 0.1f, L2 = 0.2f)]",
        ["AlphaDropout"] = "[AlphaDropout(0.3f)]",
        ["BatchNormalization"] = "[BatchNormalization]",
        ["Dense"] = "[Dense(4, Activation.Tanh, KernelL2 = 0.1f)]",
        ["Dropout"] = "[Dropout(0.3f)]",
        ["Embedding"] = "[Embedding(5, 2, From = \"input\")] [Flatten] [Concatenate(\"\", \"dense1\")]",
        ["Flatten"] = "[Reshape(2, 3)] [Flatten]",
        ["GaussianDropout"] = "[GaussianDropout(0.3f)]",
        ["GaussianNoise"] = "[GaussianNoise(0.3f)]",
        ["LayerNormalization"] = "[LayerNormalization]",
        ["LeakyRelu"] = "[LeakyRelu(0.3f)]",
        ["MultiHeadAttention"] = "[Reshape(3, 2)] [MultiHeadAttention(2, 3, ValueDim = 2, Dropout = 0.2f, Causal = true)] [Flatten]",
        ["Normalization"] = "[Normalization]",
        ["PRelu"] = "[PRelu]",
        ["Permute"] = "[Reshape(2, 3)] [Permute(2, 1)]",
        ["PositionEmbedding"] = "[Reshape(3, 2, Name = \"steps\")] [PositionEmbedding(4)] [Add(\"\", \"steps\")] [Flatten]",
        ["RepeatVector"] = "[RepeatVector(2)]",
        ["Rescaling"] = "[Rescaling(0.5f, 1f)]",
        ["Reshape"] = "[Reshape(3, 2)]",
        ["Residual"] = "[Residual<Body>]",
        ["ThresholdedRelu"] = "[ThresholdedRelu(0.5f)]",
        ["Use"] = "[Use<Body>]",
        ["AveragePooling1D"] = "[Reshape(3, 2)] [AveragePooling1D(2, Strides = [1])] [Flatten]",
        ["AveragePooling2D"] = "[Reshape(2, 3, 1)] [AveragePooling2D(2, Padding = Padding.Same)] [Flatten]",
        ["Conv1D"] = "[Reshape(3, 2)] [Conv1D(2, 2, Padding = Padding.Causal)] [Flatten]",
        ["Conv1DTranspose"] = "[Reshape(3, 2)] [Conv1DTranspose(2, 3, Strides = [2], Padding = Padding.Same, OutputPadding = [1])] [Flatten]",
        ["Conv2D"] = "[Reshape(2, 3, 1)] [Conv2D(3, [2, 2], Activation.Tanh, Padding = Padding.Same, Groups = 1)] [Flatten]",
        ["Conv2DTranspose"] = "[Reshape(1, 3, 2)] [Conv2DTranspose(2, 2, Strides = [1, 2])] [Flatten]",
        ["Cropping1D"] = "[Reshape(3, 2)] [Cropping1D(1, 0)] [Flatten]",
        ["Cropping2D"] = "[Reshape(1, 3, 2)] [Cropping2D([0, 0, 1, 0])] [Flatten]",
        ["DepthwiseConv1D"] = "[Reshape(3, 2)] [DepthwiseConv1D(2, DepthMultiplier = 2)] [Flatten]",
        ["DepthwiseConv2D"] = "[Reshape(3, 1, 2)] [DepthwiseConv2D([2, 1], Padding = Padding.Same, Strides = [2])] [Flatten]",
        ["GlobalAveragePooling1D"] = "[Reshape(3, 2)] [GlobalAveragePooling1D]",
        ["GlobalAveragePooling2D"] = "[Reshape(1, 3, 2)] [GlobalAveragePooling2D]",
        ["GlobalMaxPooling1D"] = "[Reshape(3, 2)] [GlobalMaxPooling1D]",
        ["GlobalMaxPooling2D"] = "[Reshape(1, 3, 2)] [GlobalMaxPooling2D]",
        ["GroupNormalization"] = "[Reshape(3, 2)] [GroupNormalization(1)] [Flatten]",
        ["MaxPooling1D"] = "[Reshape(3, 2)] [MaxPooling1D(2, Strides = [1])] [Flatten]",
        ["MaxPooling2D"] = "[Reshape(2, 3, 1)] [MaxPooling2D(2, Padding = Padding.Same)] [Flatten]",
        ["RandomFlip"] = "[Reshape(2, 3, 1)] [RandomFlip] [Flatten]",
        ["RandomRotation"] = "[Reshape(2, 3, 1)] [RandomRotation(0.4f)] [Flatten]",
        ["RandomTranslation"] = "[Reshape(2, 3, 1)] [RandomTranslation(0.5f, 0.4f, FillMode = FillMode.Constant, FillValue = 1f)] [Flatten]",
        ["RandomZoom"] = "[Reshape(3, 2, 1)] [RandomZoom(0.5f, FillMode = FillMode.Wrap)] [Flatten]",
        ["RMSNormalization"] = "[RMSNormalization]",
        ["SeparableConv1D"] = "[Reshape(3, 2)] [SeparableConv1D(3, 2)] [Flatten]",
        ["SeparableConv2D"] = "[Reshape(1, 3, 2)] [SeparableConv2D(3, [1, 2], DepthMultiplier = 2)] [Flatten]",
        ["SpatialDropout1D"] = "[Reshape(3, 2)] [SpatialDropout1D(0.3f)] [Flatten]",
        ["SpatialDropout2D"] = "[Reshape(1, 3, 2)] [SpatialDropout2D(0.3f)] [Flatten]",
        ["TimeDistributed"] = "[Reshape(2, 3)] [TimeDistributed<Body>] [Flatten]",
        ["UnitNormalization"] = "[UnitNormalization]",
        ["UpSampling1D"] = "[Reshape(3, 2)] [UpSampling1D(2)] [Flatten]",
        ["UpSampling2D"] = "[Reshape(1, 3, 2)] [UpSampling2D(2, Interpolation = Interpolation.Bilinear)] [Flatten]",
        ["GRU"] = "[Reshape(3, 2)] [GRU(3, Bidirectional = BidirectionalMerge.Concat)]",
        ["LSTM"] = "[Reshape(3, 2)] [LSTM(2, ReturnSequences = true, RecurrentDropout = 0.3f)] [Flatten]",
        ["Masking"] = "[Reshape(3, 2)] [Masking] [SimpleRNN(2)]",
        ["SimpleRNN"] = "[Reshape(3, 2)] [SimpleRNN(3, Dropout = 0.3f)]",
        ["ZeroPadding2D"] = "[Reshape(1, 3, 2)] [ZeroPadding2D] [Flatten]",
        ["ZeroPadding1D"] = "[Reshape(2, 3)] [ZeroPadding1D(1, 2)] [Flatten]",
    };

    private static readonly NetworkLibrary s_library = new(
        "[Block] [Dense(6, Activation.Tanh)] public class Body;\n"
        + string.Concat(s_layers.Select(static layer => $"[Network({Inputs})] [Dense(6)] {layer.Value} [Dense(2)] public sealed partial class {layer.Key}Net;\n"))
        + string.Concat(Enum.GetNames<Activation>().Select(static name =>
            $"[Network({Inputs})] [Dense(6)] [Activate(Activation.{name})] [Dense(2)] public sealed partial class {name}Activation;\n"))
        + string.Concat(Enum.GetValues<Head>().Select(static head => $"[Network({Inputs})] [Dense(5, Activation.{head})] public sealed partial class {head}Head;\n")));

    // Behind probabilities, positive values or any; against as many numbers, a distribution, bits, or one label.
    private static readonly (Loss Loss, Head Head, Target Target)[] s_losses =
    [
        (new MeanSquaredError(), Head.Linear, Target.Numbers),
        (new MeanAbsoluteError(), Head.Linear, Target.Numbers),
        (new MeanAbsolutePercentageError(), Head.Linear, Target.Distribution),
        (new MeanSquaredLogarithmicError(), Head.Sigmoid, Target.Distribution),
        (new Huber(0.5f), Head.Linear, Target.Numbers),
        (new LogCosh(), Head.Linear, Target.Numbers),
        (new BinaryCrossentropy(), Head.Sigmoid, Target.Bits),
        (new BinaryCrossentropy(fuse: false, labelSmoothing: 0.2f), Head.Sigmoid, Target.Bits),
        (new BinaryCrossentropy(fromLogits: true), Head.Linear, Target.Bits),
        (new CategoricalCrossentropy(), Head.Softmax, Target.Distribution),
        (new CategoricalCrossentropy(fuse: false, labelSmoothing: 0.2f), Head.Softmax, Target.Distribution),
        (new CategoricalCrossentropy(fromLogits: true), Head.Linear, Target.Distribution),
        (new SparseCategoricalCrossentropy(), Head.Softmax, Target.Label),
        (new SparseCategoricalCrossentropy(fuse: false), Head.Softmax, Target.Label),
        (new SparseCategoricalCrossentropy(fromLogits: true), Head.Linear, Target.Label),
        (new BinaryFocalCrossentropy(applyClassBalancing: true), Head.Sigmoid, Target.Bits),
        (new CategoricalFocalCrossentropy([0.1f, 0.3f, 0.2f, 0.5f, 0.4f]), Head.Softmax, Target.Distribution),
        (new Hinge(), Head.Linear, Target.Bits),
        (new SquaredHinge(), Head.Linear, Target.Bits),
        (new CategoricalHinge(), Head.Linear, Target.Distribution),
        (new KLDivergence(), Head.Softmax, Target.Distribution),
        (new Poisson(), Head.Sigmoid, Target.Distribution),
        (new CosineSimilarity(), Head.Linear, Target.Numbers),
    ];

    private enum Head
    {
        Linear,
        Sigmoid,
        Softmax,
    }

    private enum Target
    {
        Numbers,
        Distribution,
        Bits,
        Label,
    }

    public static TheoryData<Machine, string> Layers => Each(s_layers.Keys);

    public static TheoryData<Machine, string> Activations => Each(Enum.GetNames<Activation>());

    public static TheoryData<Machine, int> Losses => Each(Enumerable.Range(0, s_losses.Length));

    [Fact]
    public void EveryLayerAndLossIsHere()
    {
        Assert.Equal(
            Derived(typeof(LayerAttribute)).Select(static name => name.Split('`')[0][..^"Attribute".Length]).Order(StringComparer.Ordinal),
            s_layers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            Derived(typeof(Loss)).Order(StringComparer.Ordinal),
            s_losses.Select(static row => row.Loss.GetType().Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void OfALayer(Machine machine, string name) => AssertDerivative(s_library.Create(name + "Net", machine), new MeanSquaredError(), Target.Numbers);

    [Theory]
    [MemberData(nameof(Activations))]
    public void OfAnActivation(Machine machine, string name) =>
        AssertDerivative(s_library.Create(name + "Activation", machine), new MeanSquaredError(), Target.Numbers);

    [Theory]
    [MemberData(nameof(Losses))]
    public void OfALoss(Machine machine, int index)
    {
        (Loss loss, Head head, Target target) = s_losses[index];
        AssertDerivative(s_library.Create(head + "Head", machine), loss, target);
    }

    private static void AssertDerivative(Model model, Loss loss, Target kind)
    {
        RandomValues.AssignTo(model, seed: 6);
        model.Compile(new NoOptimizer(), loss);
        Dataset data = Data(model, kind);
        Gradients gradients = model.ComputeGradients(data);

        // What rounding the loss, up to four units of its last place, makes of a difference.
        double rounding = Math.Max(1, gradients.Loss) / (1 << 22) / Step;
        foreach (Parameter parameter in model.Parameters.Where(static parameter => parameter.IsTrained))
        {
            float[] values = parameter.ToArray();
            float[] gradient = gradients[parameter.Name];
            for (int i = 0; i < values.Length; i++)
            {
                float at = values[i];
                double above = LossAt(at + Step);
                double below = LossAt(at - Step);
                LossAt(at);
                double slope = (above - below) / ((double)(at + Step) - (at - Step));
                Assert.True(
                    Math.Abs(slope - gradient[i]) <= (1e-3 * gradient.Max(Math.Abs)) + rounding,
                    FormattableString.Invariant($"{loss.Name}, {parameter.Name}[{i}]: {slope:G6} by differences, {gradient[i]:G6} by the compiled code"));

                float LossAt(float value)
                {
                    values[i] = value;
                    parameter.Assign(values);
                    return model.ComputeGradients(data).Loss;
                }
            }
        }
    }

    private static Dataset Data(Model model, Target kind)
    {
        int outputs = Blueprint.Size([.. model.Network.Outputs[0].Shape]);
        float[] targets = kind switch
        {
            Target.Numbers => RandomValues.Uniform(Rows * outputs, seed: 7),
            Target.Distribution => RandomValues.Distributions(Rows, outputs, seed: 7),
            Target.Bits => RandomValues.Labels(Rows * outputs, 2, seed: 7),
            _ => RandomValues.Labels(Rows, outputs, seed: 7),
        };
        float[] features = model.Network.Inputs[0].Ids is { } ids
            ? RandomValues.Labels(Rows * Inputs, ids.Count, seed: 8)
            : RandomValues.Uniform(Rows * Inputs, seed: 8);
        return new Dataset(features, targets, Rows);
    }

    private static IEnumerable<string> Derived(Type type) =>
        type.Assembly.GetExportedTypes().Where(each => each.IsSubclassOf(type) && !each.IsAbstract).Select(static each => each.Name);

    private static TheoryData<Machine, T> Each<T>(IEnumerable<T> cases) =>
        [.. Machines.Tested.SelectMany(machine => cases.Select(each => new TheoryDataRow<Machine, T>(machine, each)))];
}
