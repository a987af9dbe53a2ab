namespace Unroll;

/// <summary>One output of a model in training, and what it is trained for.</summary>
/// <param name="Name">Its name, as <c>[Output]</c> gives it.</param>
/// <param name="Shape">The shape of one prediction, batch axis left out.</param>
/// <param name="Loss">Its loss.</param>
public sealed record TrainingOutput(string Name, IReadOnlyList<int> Shape, Loss Loss)
{
    /// <summary>The values of one prediction.</summary>
    public int Size => Shape.Aggregate(1, static (product, length) => product * length);

    /// <summary>The targets of one sample: as many, or one for each vector of the last axis where <see cref="Loss"/> takes the class's number.</summary>
    public int TargetSize => Size / Shape[^1] * Loss.TargetSizeFor(Shape[^1]);

    internal static TrainingOutput Of(OutputGoal goal) => new(goal.Output.Name, goal.Output.Shape, goal.Loss);
}
