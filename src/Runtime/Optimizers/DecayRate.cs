namespace Unroll.Optimizers;

/// <summary>
/// The decay rate β of a moving average, computed with as the decimal fraction the user wrote (<see cref="OptimizerArgument.AsWritten"/>).
/// </summary>
internal readonly struct DecayRate
{
    // Half the spacing of doubles below 1: with less than that, 1 − βᵗ is 1.
    private const int VanishingBits = 54;

    private readonly long _vanished;

    public DecayRate(float rate)
    {
        Value = OptimizerArgument.AsWritten(rate);
        _vanished = 1 + (long)Math.Ceiling(VanishingBits / -Math.Log2(Value));
    }

    /// <summary>β.</summary>
    public double Value { get; }

    /// <summary>1 − β.</summary>
    public float Gain => (float)(1 - Value);

    /// <summary>1 − βᵗ, by which an average that began at zero is too small.</summary>
    /// <param name="t">Steps, at least 1.</param>
    public double Bias(long t) => t < _vanished ? 1 - Math.Pow(Value, t) : 1;
}
