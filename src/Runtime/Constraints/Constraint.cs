namespace Unroll;

/// <summary>What a parameter is brought back to after every update. Definitions are those of <c>keras.constraints</c> (Keras 3).</summary>
/// <remarks>
/// A norm ‖w‖ runs over the first axis: over the weights that lead into one unit of a kernel, over the whole of a bias. ε₀ = 1e-7.
/// The generator mirrors these members by value: add new ones at the end.
/// </remarks>
public enum Constraint
{
    /// <summary>Left as the optimizer made it. The default.</summary>
    None,

    /// <summary>Negative weights become 0.</summary>
    NonNeg,

    /// <summary><c>w·min(‖w‖, max)/(ε₀ + ‖w‖)</c>.</summary>
    MaxNorm,

    /// <summary><c>w·(rate·clip(‖w‖, min, max) + (1 − rate)·‖w‖)/(ε₀ + ‖w‖)</c>.</summary>
    MinMaxNorm,

    /// <summary><c>w/(ε₀ + ‖w‖)</c>.</summary>
    UnitNorm,
}
