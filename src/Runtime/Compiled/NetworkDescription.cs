using System.ComponentModel;

namespace Unroll.Compiled;

/// <summary>What generated code tells the runtime about its network: sizes, names and where values lie in the arenas.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkDescription
{
    internal const int PenaltyStride = Width;

    private const int Width = 16;

    /// <summary>The class, namespace included.</summary>
    public required string Name { get; init; }

    /// <summary>The shape of one sample.</summary>
    public required IReadOnlyList<int> InputShape
    {
        get;
        init
        {
            field = value;
            InputSize = SizeOf(value);
        }
    }

    /// <summary>The shape of one prediction.</summary>
    public required IReadOnlyList<int> OutputShape
    {
        get;
        init
        {
            field = value;
            OutputSize = SizeOf(value);
            OutputColumns = value[^1];
        }
    }

    /// <summary>The layers in order.</summary>
    public required IReadOnlyList<LayerDescription> Layers { get; init; }

    /// <summary>The parameters in layer order.</summary>
    public required IReadOnlyList<ParameterDescription> Parameters { get; init; }

    /// <summary>The length of the arena of the parameters.</summary>
    public required int ParameterFloats { get; init; }

    /// <summary>The length of its first part, which the optimizer changes.</summary>
    public required int TrainedFloats { get; init; }

    /// <summary>Samples in a block.</summary>
    public required int BlockSamples { get; init; }

    /// <summary>The length of a block in inference.</summary>
    public required int InferenceBlockFloats { get; init; }

    /// <summary>The length of what a single sample needs in inference.</summary>
    public required int SampleFloats { get; init; }

    /// <summary>The length of a block in training.</summary>
    public required int TrainingBlockFloats { get; init; }

    /// <summary>The length of the arena of values without batch axis.</summary>
    public required int TemporaryFloats { get; init; }

    /// <summary>The length of the arena of what inference computes from the parameters alone.</summary>
    public int PreparedFloats { get; init; }

    /// <summary>The offsets in a training block of penalties, one a sample.</summary>
    public IReadOnlyList<int> TrainingPenalties { get; init; } = [];

    /// <summary>The offsets in an inference block of penalties, one a sample.</summary>
    public IReadOnlyList<int> InferencePenalties { get; init; } = [];

    /// <summary>The offset of the input in a training block; each of its samples is packed.</summary>
    public required int TrainingInput { get; init; }

    /// <summary>The floats there from one sample of the input to the next.</summary>
    public required int TrainingInputStride { get; init; }

    /// <summary>The offset of the output in a training block.</summary>
    public required int TrainingOutput { get; init; }

    /// <summary>The floats from one vector of the output to the next, in training and inference.</summary>
    public required int OutputStride { get; init; }

    /// <summary>The offset of the output in an inference block.</summary>
    public required int InferenceOutput { get; init; }

    /// <summary>The offset of the output in the inference of a single sample.</summary>
    public required int SampleOutput { get; init; }

    /// <summary>The offset in an inference block of what <see cref="Head"/> is applied to.</summary>
    public int InferenceLogits { get; init; }

    /// <summary>The activation that ends the network where a loss may take its logits, else Linear.</summary>
    public Activation Head { get; init; }

    /// <summary>The phases of a training step.</summary>
    public required IReadOnlyList<PhaseDescription> Phases { get; init; }

    // Kept, not computed from the shapes each time: that would allocate an enumerator for every sample of a step.
    internal int InputSize { get; private init; }

    internal int OutputSize { get; private init; }

    internal int OutputColumns { get; private init; }

    internal int OutputVectors => OutputSize / OutputColumns;

    internal static int Padded(int columns) => (columns + Width - 1) / Width * Width;

    internal static int SizeOf(IReadOnlyList<int> shape)
    {
        int size = 1;
        foreach (int axis in shape)
        {
            size *= axis;
        }

        return size;
    }
}
