using Unroll.Compiled;

namespace Unroll;

/// <summary>One output of a model in training, and what it is trained for.</summary>
/// <param name="Name">Its name, as <c>[Output]</c> gives it.</param>
/// <param name="Shape">The shape of one prediction, batch axis left out.</param>
/// <param name="Loss">Its loss.</param>
public sealed record TrainingOutput(string Name, IReadOnlyList<int> Shape, Loss Loss)
{
    /// <summary>What its loss counts in the sum over all outputs: 1 unless <c>Compile</c> was told otherwise.</summary>
    public float Weight { get; init; } = 1f;

    /// <summary>The layer whose value it is; null where the network was compiled by a version that did not say.</summary>
    public string? Layer { get; init; }

    /// <summary>Whether steps of it may be masked, and so count nothing.</summary>
    public bool HasMask { get; init; }

    /// <summary>The name of its loss in logs and history: <c>loss</c> for a network's only output, else <c>digit_loss</c>.</summary>
    public string LossName { get; init; } = "loss";

    /// <summary>The values of one prediction.</summary>
    public int Size => Shape.Aggregate(1, static (product, length) => product * length);

    /// <summary>The targets of one sample: as many, or one for each vector of the last axis where <see cref="Loss"/> takes the class's number.</summary>
    public int TargetSize => Size / Shape[^1] * Loss.TargetSizeFor(Shape[^1]);

    internal static TrainingOutput Of(OutputGoal goal) => new(goal.Output.Name, goal.Output.Shape, goal.Loss)
    {
        Weight = goal.Weight,
        Layer = goal.Output.Layer,
        HasMask = goal.Output.HasMask,
        LossName = goal.LossName,
    };
}
