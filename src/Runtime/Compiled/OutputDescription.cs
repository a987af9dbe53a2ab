using System.ComponentModel;

namespace Unroll.Compiled;

/// <summary>One output of a network and where it lies in the arenas.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">The shape of one prediction.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record OutputDescription(string Name, IReadOnlyList<int> Shape)
{
    /// <summary>The offset in training, to be multiplied by the samples there is room for.</summary>
    public required int TrainingOffset { get; init; }

    /// <summary>The offset in an inference block.</summary>
    public required int InferenceOffset { get; init; }

    /// <summary>The offset in the inference of a single sample.</summary>
    public required int SampleOffset { get; init; }

    /// <summary>The floats from one vector to the next, in training, and in inference unless <see cref="InferenceStride"/> says otherwise.</summary>
    public required int Stride { get; init; }

    /// <summary>The floats from one vector to the next in an inference block.</summary>
    public int InferenceStride
    {
        get => field == 0 ? Stride : field;
        init;
    }

    /// <summary>The offset in an inference block of what <see cref="Head"/> is applied to.</summary>
    public int InferenceLogits { get; init; }

    /// <summary>The activation that the output ends with where a loss may take its logits, else Linear.</summary>
    public Activation Head { get; init; }

    /// <summary>The layer, or the input, whose value it is.</summary>
    public string? Layer { get; init; }

    /// <summary>The offset in an inference block of the mask of its steps, a number a step: 1 where the step counts, else 0.</summary>
    public int InferenceMask { get; init; }

    /// <summary>The floats from one sample's mask to the next; 0 where all steps count.</summary>
    public int MaskStride { get; init; }

    /// <summary>Whether steps may be masked.</summary>
    internal bool HasMask => MaskStride > 0;

    /// <summary>The number of values of one prediction.</summary>
    internal int Size { get; } = LogicalShape.SizeOf(Shape);

    /// <summary>The values of one vector: the last axis.</summary>
    internal int Columns { get; } = Shape[^1];

    /// <summary>The vectors of one prediction.</summary>
    internal int Vectors { get; } = LogicalShape.SizeOf(Shape) / Shape[^1];

    /// <summary>The floats of one prediction.</summary>
    internal int SampleStride => Vectors * Stride;

    /// <summary>Where its values begin in a row of predictions: the outputs lie one after another.</summary>
    internal int RowOffset { get; set; }
}
