namespace Unroll;

/// <summary>What <see cref="Initializer.VarianceScaling"/> divides its scale by. Definitions are those of <c>keras.initializers</c> (Keras 3).</summary>
/// <remarks>The generator mirrors these members by value: add new ones at the end.</remarks>
public enum FanMode
{
    /// <summary>The inputs that meet in one unit.</summary>
    FanIn,

    /// <summary>The units that one input reaches.</summary>
    FanOut,

    /// <summary>The mean of both.</summary>
    FanAvg,
}
