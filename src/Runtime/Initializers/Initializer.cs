namespace Unroll;

/// <summary>How a parameter is filled before training. Definitions are those of <c>keras.initializers</c> (Keras 3).</summary>
/// <remarks>
/// fan_in and fan_out are the sizes of a Dense kernel's two axes. The normal variants of the scaling initializers are truncated at two
/// standard deviations with σ = √(scale)/0.87962566103423978; the uniform ones have the limit √(3·scale).
/// The generator mirrors these members by value: add new ones at the end.
/// </remarks>
public enum Initializer
{
    /// <summary>Uniform, scale 1/((fan_in + fan_out)/2) (Glorot and Bengio, 2010). The default of kernels.</summary>
    GlorotUniform,

    /// <summary>Truncated normal, scale 1/((fan_in + fan_out)/2).</summary>
    GlorotNormal,

    /// <summary>Uniform, scale 2/fan_in (He et al., 2015).</summary>
    HeUniform,

    /// <summary>Truncated normal, scale 2/fan_in.</summary>
    HeNormal,

    /// <summary>Uniform, scale 1/fan_in (LeCun et al., 1998).</summary>
    LecunUniform,

    /// <summary>Truncated normal, scale 1/fan_in.</summary>
    LecunNormal,

    /// <summary>Normal, σ = 0.05; the scale argument is σ.</summary>
    RandomNormal,

    /// <summary>Uniform in ±0.05; the scale argument is the limit.</summary>
    RandomUniform,

    /// <summary>All 0. The default of biases.</summary>
    Zeros,

    /// <summary>All 1.</summary>
    Ones,

    /// <summary>Normal, σ = 0.05, drawn again beyond 2σ; the scale argument is σ.</summary>
    TruncatedNormal,

    /// <summary>
    /// A random matrix with orthonormal rows or columns, whichever are fewer (Saxe et al., 2013), times the scale argument, 1. Kernels only.
    /// </summary>
    Orthogonal,

    /// <summary>The identity matrix, cut or padded with 0 to the kernel's shape, times the scale argument, 1. Kernels only.</summary>
    Identity,

    /// <summary>All equal to the value argument, 0.</summary>
    Constant,

    /// <summary>
    /// As wide as <see cref="FanMode"/> says, in the shape that <see cref="InitializerDistribution"/> names: scale argument/n, n being fan_in,
    /// fan_out or their mean. With its defaults, 1, <see cref="FanMode.FanIn"/> and
    /// <see cref="InitializerDistribution.TruncatedNormal"/>, it is <see cref="LecunNormal"/>.
    /// </summary>
    VarianceScaling,
}
