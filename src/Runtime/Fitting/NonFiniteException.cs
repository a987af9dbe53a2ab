using Unroll.Checks;

namespace Unroll;

/// <summary>Training met a number that is not finite and stopped; the model keeps the parameters it had before that batch.</summary>
public sealed class NonFiniteException : ArithmeticException
{
    internal NonFiniteException(string what, int epoch, int batch)
        : base($"{what} in epoch {epoch + 1}, batch {batch + 1}. The model keeps its last finite parameters. "
            + "A smaller learning rate, scaled features or gradient clipping usually help.")
    {
        Epoch = epoch;
        Batch = batch;
    }

    internal NonFiniteException(ParameterFault fault, int epoch, int batch)
        : base($"Epoch {epoch + 1}, batch {batch + 1} cannot be learnt: before it '{fault.Parameter}' was {fault.Value} at {fault.Place} already. "
            + "The parameters stay as they were. Assign finite values, or load weights, before training.")
    {
        Epoch = epoch;
        Batch = batch;
        Parameter = fault.Parameter;
    }

    /// <summary>The parameter that was NaN or infinite before the batch, as nothing can be learnt from; null where all were finite.</summary>
    public string? Parameter { get; }

    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>The batch of the epoch, from 0.</summary>
    public int Batch { get; }
}
