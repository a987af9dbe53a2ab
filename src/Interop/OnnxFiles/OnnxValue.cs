using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>A value of a graph and where the class has it.</summary>
/// <remarks>
/// Every value of a network has the batch as its first axis, which is left out here. Axes of size 1 may be missing in the class: what squeezes
/// them, or adds them again, is then no layer.
/// </remarks>
/// <param name="Node">What gives it.</param>
/// <param name="Shape">Of a sample, as the file has it.</param>
/// <param name="Axes">For each axis in the class the file's: [1, 2, 0] where channels come last here and first there.</param>
internal sealed record OnnxValue(NetworkNode Node, int[] Shape, int[] Axes)
{
    /// <summary>Which axis of the file the samples are.</summary>
    public int Batch { get; init; }

    /// <summary>How the file has joined its first axes with the samples; null where samples are an axis by themselves.</summary>
    /// <remarks>A layer that works on each step by itself does so wherever the steps stand: they are axes in <see cref="Shape"/>, before all others.</remarks>
    public Factor[]? Joined { get; init; }

    /// <summary>How many axes the file has joined with the samples.</summary>
    public int Steps => Joined is null ? 0 : Joined.Length - 1;

    /// <summary>Where the last axis has its elements in another order: for each of the class the file's.</summary>
    public int[]? Order { get; init; }

    /// <summary>Whether no element is below 0, so that zeros around it win no maximum.</summary>
    public bool IsNonNegative { get; init; }

    /// <summary>The shape in the class.</summary>
    public int[] ClassShape => [.. Axes.Select(axis => Shape[axis])];

    /// <summary>The axis in the class, counted with the batch as attributes do; −1 for the last.</summary>
    public int ClassAxis(int axis) => Axes[^1] == axis ? -1 : Array.IndexOf(Axes, axis) + 1;

    /// <summary>Numbers along one axis of the file, in the class's order.</summary>
    public float[] Along(int axis, float[] values) => Order is not null && Axes[^1] == axis ? [.. Order.Select(index => values[index])] : values;
}
