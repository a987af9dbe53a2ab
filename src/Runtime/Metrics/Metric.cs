namespace Unroll;

/// <summary>A number watched during training and evaluation, accumulated over samples. Derive from it to write your own.</summary>
public abstract class Metric
{
    /// <summary>The key in <see cref="History"/> and <see cref="EvaluationResult"/>: <c>accuracy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a larger value is better; null where that cannot be said.</summary>
    public virtual bool? HigherIsBetter => null;

    /// <summary>The value over everything seen since <see cref="Reset"/>.</summary>
    public abstract float Result { get; }

    /// <summary>Forgets everything seen.</summary>
    public abstract void Reset();

    /// <summary>Adds one vector, the last axis of the network's output.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="target">Its target: as long as the prediction, or one integer class label.</param>
    /// <param name="weight">The sample's weight.</param>
    public abstract void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f);

    /// <summary>Adds vectors, each with the weight 1.</summary>
    internal virtual void UpdateRows(in OutputRows rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            Update(rows.Output(row), rows.Target(row));
        }
    }

    /// <summary>Refuses a target that is neither as long as the prediction nor one label.</summary>
    /// <exception cref="ArgumentException">The lengths do not belong together; the message names both.</exception>
    protected void RequireTargetOrLabel(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target)
    {
        if (prediction.IsEmpty || (target.Length != prediction.Length && target.Length != 1))
        {
            throw new ArgumentException(
                $"{Name} expects as many target values as the {prediction.Length} predicted ones or one label, but got {target.Length}.",
                nameof(target));
        }
    }

    /// <summary>Refuses a prediction of another length than those before it.</summary>
    private protected void RequireClasses(int classes, ReadOnlySpan<float> prediction)
    {
        if (prediction.Length != classes)
        {
            throw new ArgumentException(
                $"{Name} has seen predictions of {classes} values so far, but got one of {prediction.Length}.", nameof(prediction));
        }
    }
}
