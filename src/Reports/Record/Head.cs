namespace Unroll.Reports.Record;

/// <summary>One output of the network: where it stands in rows of predictions and targets, and what its targets are.</summary>
internal sealed class Head
{
    private readonly TrainingOutput _output;

    private Head(TrainingOutput output, int offset, int targetOffset, bool isAlone)
    {
        _output = output;
        Offset = offset;
        TargetOffset = targetOffset;
        IsAlone = isAlone;
        Kind = LabelsOf(output);
        Classes = Kind switch
        {
            LabelKind.None => 0,
            LabelKind.Binary => 2,
            _ => output.Shape[^1],
        };
    }

    public string Name => _output.Name;

    public Loss Loss => _output.Loss;

    /// <summary>What its loss counts; 0 where it is not trained.</summary>
    public float Weight => _output.Weight;

    /// <summary>The layer that it is the value of; null where that is not known.</summary>
    public string? Layer => _output.Layer;

    public bool HasMask => _output.HasMask;

    public string LossName => _output.LossName;

    public int Size => _output.Size;

    public int Offset { get; }

    public int TargetSize => _output.TargetSize;

    public int TargetOffset { get; }

    public LabelKind Kind { get; }

    public int Classes { get; }

    /// <summary>Whether the network has no other output, so that there is no need to name it.</summary>
    public bool IsAlone { get; }

    /// <summary><c>" of size"</c>, behind what there is of each output; empty where there is one.</summary>
    public string Of => IsAlone ? "" : $" of {Name}";

    /// <summary><c>" of output size"</c>, in a sentence.</summary>
    public string OfOutput => IsAlone ? "" : $" of output {Name}";

    /// <summary>Whether its targets name one class a sample.</summary>
    public bool IsClassifier => Kind != LabelKind.None && (Kind != LabelKind.Index || TargetSize == 1);

    public static Head[] AllOf(IReadOnlyList<TrainingOutput> outputs)
    {
        var heads = new Head[outputs.Count];
        int offset = 0, targetOffset = 0;
        for (int i = 0; i < heads.Length; i++)
        {
            heads[i] = new Head(outputs[i], offset, targetOffset, heads.Length == 1);
            offset += outputs[i].Size;
            targetOffset += outputs[i].TargetSize;
        }

        return heads;
    }

    /// <summary>The targets of this output among those of a sample.</summary>
    public ReadOnlySpan<float> TargetOf(Dataset data, int row) => data.TargetOf(row).Slice(TargetOffset, TargetSize);

    /// <summary>The class that a target means.</summary>
    public int ClassOf(ReadOnlySpan<float> target) => Kind switch
    {
        LabelKind.Index => (int)target[0],
        LabelKind.Binary => target[0] > 0.5f ? 1 : 0,
        _ => Greatest(target),
    };

    /// <summary>The class that a prediction means.</summary>
    public static int AnswerOf(ReadOnlySpan<float> output) => output.Length == 1 ? (output[0] > 0.5f ? 1 : 0) : Greatest(output);

    private static int Greatest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    private static LabelKind LabelsOf(TrainingOutput output) => output.Loss switch
    {
        SparseCategoricalCrossentropy => LabelKind.Index,
        CategoricalCrossentropy or CategoricalFocalCrossentropy or CategoricalHinge when output.Size == output.Shape[^1] => LabelKind.OneHot,
        BinaryCrossentropy or BinaryFocalCrossentropy or Hinge or SquaredHinge when output.TargetSize == 1 => LabelKind.Binary,
        _ => LabelKind.None,
    };
}

/// <summary>How the targets name classes.</summary>
internal enum LabelKind
{
    /// <summary>They do not: they are numbers.</summary>
    None,

    /// <summary>By the class's number.</summary>
    Index,

    /// <summary>By a 1 at its position.</summary>
    OneHot,

    /// <summary>1 for the one, 0 or −1 for the other.</summary>
    Binary,
}
