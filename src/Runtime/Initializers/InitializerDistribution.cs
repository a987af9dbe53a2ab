namespace Unroll;

/// <summary>What <see cref="Initializer.VarianceScaling"/> draws from. Definitions are those of <c>keras.initializers</c> (Keras 3).</summary>
/// <remarks>The generator mirrors these members by value: add new ones at the end.</remarks>
public enum InitializerDistribution
{
    /// <summary>Normal, drawn again beyond two standard deviations, widened so that the variance is the scale.</summary>
    TruncatedNormal,

    /// <summary>Normal, the variance being the scale.</summary>
    UntruncatedNormal,

    /// <summary>Uniform in ±√(3·scale).</summary>
    Uniform,
}
