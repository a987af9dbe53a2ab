namespace Unroll.Reports.Record;

/// <summary>One output of the network: where it stands in rows of predictions and targets, and what its targets are.</summary>
internal sealed record Head(string Name, int Size, int Offset, int TargetSize, int TargetOffset, LabelKind Kind, int Classes)
{
    public static Head[] Of(IReadOnlyList<TrainingOutput> outputs)
    {
        var heads = new Head[outputs.Count];
        int offset = 0, targetOffset = 0;
        for (int i = 0; i < heads.Length; i++)
        {
            TrainingOutput output = outputs[i];
            LabelKind kind = LabelsOf(output);
            heads[i] = new Head(output.Name, output.Size, offset, output.TargetSize, targetOffset, kind, kind switch
            {
                LabelKind.None => 0,
                LabelKind.Binary => 2,
                _ => output.Shape[^1],
            });
            offset += output.Size;
            targetOffset += output.TargetSize;
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
