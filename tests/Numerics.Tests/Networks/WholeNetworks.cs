using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;
using Unroll.Tests;

namespace Unroll.Numerics.Tests;

/// <summary>A network, the loss it is trained with and the targets that loss takes.</summary>
internal sealed record NetworkCase(Blueprint Blueprint, ReferenceLoss Loss)
{
    /// <summary>Inputs that keep the logits of a head moderate; large ones are for clipping.</summary>
    public float InputScale { get; init; } = 1f;

    public Dataset Batch(int count)
    {
        float[] inputs = RandomValues.Uniform(count * Blueprint.InputSize, seed: count, InputScale);
        int columns = Blueprint.Output[^1];
        int vectors = count * Blueprint.Size(Blueprint.Output) / columns;
        float[] targets = Loss switch
        {
            ReferenceSparseCategoricalCrossentropy => RandomValues.Labels(vectors, columns, seed: count),
            ReferenceCategoricalCrossentropy => RandomValues.Distributions(vectors, columns, seed: count),

            // ln(1 − p) of a saturated p has no digits left in single precision; ln p has.
            ReferenceBinaryCrossentropy when InputScale > 1f => [.. Enumerable.Repeat(1f, vectors * columns)],
            ReferenceBinaryCrossentropy => RandomValues.Labels(vectors * columns, 2, seed: count),
            _ => RandomValues.Uniform(vectors * columns, seed: count + 1000),
        };
        return new Dataset(inputs, targets, count);
    }

    /// <summary>Every third of some networks, and each with a kind of layer or a loss that those before it lack; all where slow tests are asked for.</summary>
    public static NetworkCase[] Some(NetworkCase[] cases)
    {
        HashSet<Type> met = [];
        bool IsChosen(NetworkCase network, int index)
        {
            Type[] kinds = [network.Loss.GetType(), .. network.Blueprint.Layers.Select(static layer => layer.GetType())];
            bool isChosen = SlowTests.AreAskedFor || index % 3 == 0 || !met.IsSupersetOf(kinds);
            if (isChosen)
            {
                met.UnionWith(kinds);
            }

            return isChosen;
        }

        return [.. cases.Where(IsChosen)];
    }
}

/// <summary>One network for every way layers meet.</summary>
internal static class WholeNetworks
{
    private static readonly ReferenceLoss s_squares = new ReferenceMeanSquaredError();
    private static readonly ReferenceLoss s_sparse = new ReferenceSparseCategoricalCrossentropy(Clipped: false);
    private static readonly ReferenceLoss s_sparseClipped = new ReferenceSparseCategoricalCrossentropy(Clipped: true);
    private static readonly ReferenceLoss s_binary = new ReferenceBinaryCrossentropy(Clipped: false);
    private static readonly ReferenceLoss s_binaryClipped = new ReferenceBinaryCrossentropy(Clipped: true);
    private static readonly LayerSketch s_softmax10 = new DenseSketch(10, Activation.Softmax);
    private static readonly LayerSketch s_sigmoid3 = new DenseSketch(3, Activation.Sigmoid);

    public static readonly NetworkCase[] All = NetworkCase.Some(
    [
        Case("Digits", s_sparse, [4, 5], new FlattenSketch(), new DenseSketch(33, Activation.Relu), new DropoutSketch(0.2f), s_softmax10),
        Case("OneUnit", s_squares, [3], new DenseSketch(1)),
        Case("ThreeHidden", s_squares, [7], new DenseSketch(31, Activation.Relu), new DenseSketch(17, Activation.Swish), new DenseSketch(15, Activation.Gelu), new DenseSketch(5)),
        Case("AbsoluteError", new ReferenceMeanAbsoluteError(), [5], new DenseSketch(9, Activation.Tanh), new DenseSketch(3)),
        Case("UserLoss", new ReferenceUserLoss(), [5], new DenseSketch(9, Activation.Tanh), new DenseSketch(3)),

        // Panels with whole vectors of padding: one to three of four floats, one of eight.
        Case("FewUnits", s_squares, [40], new DenseSketch(64, Activation.Tanh), new DenseSketch(11, Activation.Sigmoid), new DenseSketch(64, Activation.Relu), new DenseSketch(7, Activation.Softplus), new DenseSketch(64, Activation.Exponential), new DenseSketch(3, Activation.Tanh), new DenseSketch(64, Activation.Relu), new DenseSketch(9)),

        // Dense on the last axis of more than one.
        Case("Rank2", s_squares, [3, 5], new DenseSketch(17, Activation.Relu), new DenseSketch(4)),
        Case("Rank3", s_squares, [2, 3, 5], new DenseSketch(16, Activation.Tanh), new DenseSketch(1)),
        Case("Rank2Labels", s_sparse, [3, 5], new DenseSketch(17, Activation.Relu), s_softmax10),
        Case("Rank2Sigmoid", s_binary, [3, 5], s_sigmoid3),

        // Kernels of few units, whose sums run along the inputs: after padding that is not 0, from the input itself, between other layers.
        Case("NarrowHead", s_squares, [6], new DenseSketch(50, Activation.Sigmoid), new DenseSketch(2)),
        Case("NarrowInput", s_squares, [33], new DenseSketch(2, Activation.Tanh)),
        Case("NarrowSigmoid", s_binary, [3, 5], new DenseSketch(31, Activation.Softplus), new DenseSketch(1, Activation.Sigmoid)),
        Case("NarrowSoftmax", s_sparse, [5], new DenseSketch(130, Activation.Exponential), new DenseSketch(4, Activation.Softmax)),
        Case("NarrowInside", s_squares, [6], new DenseSketch(40, Activation.Tanh), new DenseSketch(1, Activation.Tanh), new DenseSketch(33, Activation.Sigmoid), new DenseSketch(3)),
        Case("NarrowPenalties", s_squares, [7], new DenseSketch(64, Activation.Sigmoid), new DenseSketch(3, Activation.Relu, true, 0.01f, 0.02f, 0.03f, 0.04f), new DenseSketch(2)),

        // Flatten where padding lies between the vectors, where none does, and twice.
        Case("FlattenPadded", s_squares, [3, 5], new DenseSketch(17, Activation.Relu), new FlattenSketch(), new DenseSketch(4)),
        Case("FlattenWhole", s_squares, [3, 5], new DenseSketch(32, Activation.Relu), new FlattenSketch(), new DenseSketch(4)),
        Case("FlattenOneVector", s_squares, [1, 5], new DenseSketch(17, Activation.Relu), new FlattenSketch(), new FlattenSketch(), new DenseSketch(4)),
        Case("FlattenLast", s_squares, [3, 5], new DenseSketch(7, Activation.Tanh), new FlattenSketch()),
        Case("FlattenSoftmax", new ReferenceCategoricalCrossentropy(Clipped: false), [3, 5], new DenseSketch(7), new FlattenSketch(), new ActivateSketch(Activation.Softmax)),
        Case("FlattenColumn", s_squares, [4, 3, 1], new FlattenSketch(), new DenseSketch(2)),

        // Elementwise layers that cannot run inside a product.
        Case("ActivateFirst", s_squares, [17], new ActivateSketch(Activation.Mish), new DenseSketch(5)),
        Case("ActivateFirstRank2", s_squares, [3, 5], new ActivateSketch(Activation.Tanh), new DenseSketch(5)),
        Case("ActivateTwice", s_squares, [5], new DenseSketch(17, Activation.Softplus), new ActivateSketch(Activation.Tanh), new ActivateSketch(Activation.Elu), new DenseSketch(3)),
        Case("ActivateAfterFlatten", s_squares, [3, 5], new FlattenSketch(), new ActivateSketch(Activation.Elu), new DenseSketch(5)),
        Case("ActivateAfterPaddedFlatten", s_squares, [3, 5], new DenseSketch(3), new FlattenSketch(), new ActivateSketch(Activation.Exponential), new DenseSketch(5)),
        Case("SoftmaxInside", s_squares, [5], new DenseSketch(17, Activation.Softmax), new DenseSketch(9), new ActivateSketch(Activation.Softmax), new DenseSketch(3)),
        Case("SoftmaxThenMore", s_squares, [5], new DenseSketch(17, Activation.Softmax), new ActivateSketch(Activation.Sigmoid), new DenseSketch(3)),
        Case("LinearOnly", s_squares, [5], new ActivateSketch(Activation.Linear), new DenseSketch(6, Activation.Linear), new ActivateSketch(Activation.Linear)),

        // Penalties, alone and together, on kernels and biases.
        Case("KernelL2", s_squares, [17], new DenseSketch(33, Activation.Relu, KernelL2: 0.01f), new DenseSketch(5)),
        Case("KernelL1", s_squares, [17], new DenseSketch(33, Activation.Relu, KernelL1: 0.02f), new DenseSketch(5)),
        Case("AllPenalties", s_squares, [17], new DenseSketch(33, Activation.Relu, true, 0.01f, 0.02f, 0.03f, 0.04f), new DenseSketch(5, BiasL2: 0.5f)),

        // Equal shapes share kernels; unequal steps must not.
        Case("SharedKernels", s_squares, [17], new DenseSketch(17, Activation.Relu), new DenseSketch(17, Activation.Relu), new DenseSketch(17, Activation.Relu)),
        Case("NearlySharedKernels", s_squares, [17], new DenseSketch(17, Activation.Relu, KernelL2: 0.1f), new DenseSketch(17, Activation.Relu, KernelL2: 0.2f), new DenseSketch(17, Activation.Tanh), new DenseSketch(17, UseBias: false)),

        // Dropout in every place.
        Case("DropoutFirst", s_squares, [3, 5], new DropoutSketch(0.5f), new DenseSketch(17), new DenseSketch(3)),
        Case("DropoutLast", s_squares, [5], new DenseSketch(17, Activation.Relu), new DropoutSketch(0.3f)),
        Case("DropoutTwice", s_squares, [5], new DenseSketch(17, Activation.Gelu), new DropoutSketch(0.3f), new DropoutSketch(0.4f), new DenseSketch(17, Activation.Gelu), new DropoutSketch(0.3f), new DenseSketch(3)),
        Case("DropoutRank2", s_squares, [3, 5], new DenseSketch(17, Activation.Relu), new DropoutSketch(0.4f), new DenseSketch(3), new FlattenSketch(), new DropoutSketch(0.1f), new DenseSketch(2)),

        // Heads and both seams to the loss.
        Case("SoftmaxSparse", s_sparse, [5], s_softmax10),
        Case("SoftmaxSparseClipped", s_sparseClipped, [5], s_softmax10),
        Case("SoftmaxSparseSaturated", s_sparseClipped, [5], s_softmax10) with { InputScale = 12f },
        Case("SoftmaxWide", s_sparse, [5], new DenseSketch(100, Activation.Softmax)),
        Case("SoftmaxCategorical", new ReferenceCategoricalCrossentropy(Clipped: false), [5], s_softmax10),
        Case("SoftmaxCategoricalClipped", new ReferenceCategoricalCrossentropy(Clipped: true), [5], s_softmax10),
        Case("SoftmaxSquares", s_squares, [5], s_softmax10),
        Case("SoftmaxUserLoss", new ReferenceUserLoss(), [5], s_softmax10),
        Case("SoftmaxActivated", s_sparse, [5], new DenseSketch(10), new ActivateSketch(Activation.Softmax)),
        Case("SigmoidBinary", s_binary, [5], s_sigmoid3),
        Case("SigmoidBinaryClipped", s_binaryClipped, [5], s_sigmoid3),
        Case("SigmoidSaturated", s_binaryClipped, [5], s_sigmoid3) with { InputScale = 12f },
        Case("SigmoidSquares", s_squares, [5], s_sigmoid3),
        Case("SigmoidOne", s_binary, [5], new DenseSketch(9, Activation.Relu), new DenseSketch(1, Activation.Sigmoid)),
        Case("SigmoidThenDropout", s_squares, [5], s_sigmoid3, new DropoutSketch(0.5f)),

        // Nothing to learn: only the loss matters.
        Case("OnlyFlatten", s_squares, [3, 5], new FlattenSketch()),
        Case("OnlyRelu", s_squares, [3, 5], new ActivateSketch(Activation.Relu)),
        Case("OnlySoftmax", s_sparse, [10], new ActivateSketch(Activation.Softmax)),
        Case("OnlySoftmaxClipped", s_sparseClipped, [3, 10], new ActivateSketch(Activation.Softmax)),
        Case("OnlySigmoid", s_binary, [3], new FlattenSketch(), new ActivateSketch(Activation.Sigmoid)),
        Case("OnlyDropout", s_squares, [5], new DropoutSketch(0.5f)),
    ]);

    public static readonly NetworkLibrary Library = new([.. All.Select(static network => network.Blueprint)]);

    private static NetworkCase Case(string name, ReferenceLoss loss, int[] input, params LayerSketch[] layers) =>
        new(new Blueprint(name, input, layers), loss);
}
