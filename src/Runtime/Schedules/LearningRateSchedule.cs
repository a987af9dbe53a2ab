namespace Unroll;

/// <summary>A learning rate that changes with the steps of training. Derive from it to write your own.</summary>
/// <remarks>Instances hold no state.</remarks>
public abstract class LearningRateSchedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The number of updates done before this one: 0 at the first.</param>
    public abstract float At(long step);
}
