namespace Unroll.Measures;

/// <summary>Reads a target as classes, whether it is as long as the prediction or one label.</summary>
internal static class ClassTarget
{
    /// <summary>The target of one class: its own value, or 1 for the label's class and 0 for the others.</summary>
    public static float ValueOf(ReadOnlySpan<float> target, int classes, int index) =>
        target.Length == classes ? target[index] : target[0] == index ? 1f : 0f;

    /// <summary>The class a target names: its label or the index of its largest value.</summary>
    /// <exception cref="ArgumentException">The label is not one of the classes.</exception>
    public static int IndexOf(ReadOnlySpan<float> target, int classes)
    {
        if (target.Length > 1)
        {
            return Probability.IndexOfLargest(target);
        }

        return FindFault(target[0], classes) is string fault ? throw new ArgumentException(fault, nameof(target)) : (int)target[0];
    }

    /// <summary>Why a label names no class, or null.</summary>
    public static string? FindFault(float label, int classes) => label >= 0f && label < classes && label == MathF.Floor(label)
        ? null
        : FormattableString.Invariant($"label {label} is not in 0..{classes - 1}");
}
