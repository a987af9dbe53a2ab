namespace Unroll;

/// <summary>A rule that turns gradients into new parameters. Derive from it to write your own.</summary>
/// <remarks>
/// An optimizer object holds settings only. Its state ("slots": arrays as long as the parameters) belongs to the model it is compiled
/// into, so one object can serve several models.
/// </remarks>
public abstract class Optimizer
{
    private float _learningRate;

    /// <summary>Checks and keeps the learning rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or NaN.</exception>
    protected Optimizer(float learningRate)
    {
        LearningRate = learningRate;
    }

    /// <summary>The step size; callbacks may change it between batches.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set
        {
            if (!float.IsFinite(value) || value < 0f)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(LearningRate), value, "The learning rate must be finite and not negative.");
            }

            _learningRate = value;
        }
    }

    /// <summary>The name under which messages speak of the optimizer: <c>adam</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How many numbers of state each parameter has.</summary>
    public virtual int SlotCount => 0;

    /// <summary>Updates one run of parameters. Runs are independent and may be updated by different threads in any order.</summary>
    public abstract void Update(in OptimizerStep step);
}
