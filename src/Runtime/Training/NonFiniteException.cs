namespace Unroll;

/// <summary>Training met a number that is not finite and stopped; the model keeps its last finite parameters.</summary>
public sealed class NonFiniteException : ArithmeticException
{
    internal NonFiniteException(string what, int epoch, int batch)
        : base($"{what} in epoch {epoch + 1}, batch {batch + 1}. The model keeps its last finite parameters. "
            + "A smaller learning rate, scaled features or gradient clipping usually help.")
    {
        Epoch = epoch;
        Batch = batch;
    }

    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>The batch of the epoch, from 0.</summary>
    public int Batch { get; }
}
