namespace Unroll.Shift;

/// <summary>The labels of samples: targets of width 1 that are 0, 1, …, or one-hot targets.</summary>
internal static class ClassLabels
{
    public static int[] Read(Dataset data, int classes, string argument)
    {
        if (data.TargetSize != 1 && data.TargetSize != classes)
        {
            throw new ArgumentException(
                $"Expected labels (targets of 1 value) or one-hot targets of {classes}, but a target has {data.TargetSize} values.", argument);
        }

        int[] labels = new int[data.Count];
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<float> target = data.TargetOf(row);
            labels[row] = target.Length == 1 ? Whole(target[0], row, classes, argument) : Hot(target, row, argument);
        }

        for (int k = 0; k < classes; k++)
        {
            if (Array.IndexOf(labels, k) < 0)
            {
                throw new ArgumentException(
                    $"Expected samples of each of the {classes} classes, but none is of class {k}: what the classifier makes of that class is not known, so its frequency cannot be estimated.",
                    argument);
            }
        }

        return labels;
    }

    private static int Whole(float label, int row, int classes, string argument) =>
        label >= 0 && label < classes && label == MathF.Floor(label)
            ? (int)label
            : throw new ArgumentException($"Expected a label of 0 to {classes - 1}, but that of row {row} is {label}.", argument);

    private static int Hot(ReadOnlySpan<float> target, int row, string argument)
    {
        int hot = target.IndexOf(1f);
        foreach (float value in target)
        {
            if (value is not (0f or 1f))
            {
                hot = -1;
            }
        }

        return hot >= 0 && target[(hot + 1)..].IndexOf(1f) < 0
            ? hot
            : throw new ArgumentException($"Expected a one-hot target, a single 1 among zeros, but that of row {row} is not.", argument);
    }
}
