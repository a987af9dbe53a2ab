using System.ComponentModel;

namespace Unroll.Compiled;

/// <summary>One input of a network and where it lies in the arenas.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">The shape of one sample.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record InputDescription(string Name, IReadOnlyList<int> Shape)
{
    /// <summary>The offset in training, to be multiplied by the samples there is room for; each of them is packed.</summary>
    public required int TrainingOffset { get; init; }

    /// <summary>The floats there from one sample to the next.</summary>
    public required int TrainingStride { get; init; }

    /// <summary>The offset in an inference block; a network's only input is read where the caller has it.</summary>
    public int InferenceOffset { get; init; }

    /// <summary>The floats there from one sample to the next.</summary>
    public int InferenceStride { get; init; }

    /// <summary>The offset in the inference of a single sample.</summary>
    public int SampleOffset { get; init; }

    /// <summary>The ids that its values are; null where they are any numbers.</summary>
    public IdDescription? Ids { get; init; }

    /// <summary>The number of values of one sample.</summary>
    internal int Size { get; } = LogicalShape.SizeOf(Shape);

    /// <summary>Where its values begin in a row of features: the inputs lie one after another.</summary>
    internal int RowOffset { get; set; }
}
