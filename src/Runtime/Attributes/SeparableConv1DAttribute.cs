namespace Unroll;

/// <summary>A convolution of each channel of a signal by itself, then a mixture of all of them at every step.</summary>
/// <remarks>
/// <para>Input <c>[steps, channels]</c>, output <c>[steps′, filters]</c>. Along the axis a window of k taps, d apart, that moves in steps of s has
/// ⌊(n − (k − 1)·d − 1)/s⌋ + 1 positions (<see cref="Padding.Valid"/>) or ⌈n/s⌉ (<see cref="Padding.Same"/>).
/// Parameters: <c>depthwise_kernel</c> [kernel steps, channels, multiplier], <c>pointwise_kernel</c>
/// [1, channels·multiplier, filters] and, with <see cref="UseBias"/>, <c>bias</c> [filters].</para>
/// <para>Penalties are added to the training loss: <c>L1·Σ|w| + L2·Σw²</c> of each parameter.</para>
/// <para>Definition and defaults are those of <c>keras.layers.SeparableConv1D</c> (Keras 3), channels last; its <c>dilation_rate</c> is
/// <see cref="Dilation"/>.</para>
/// </remarks>
/// <example>
/// <code>
/// [SeparableConv1D(16, 3)]     // 128 × 4 → 126 × 16: 3·4 + 4·16 + 16 parameters
/// </code>
/// </example>
public sealed class SeparableConv1DAttribute : LayerAttribute
{
    /// <summary>A kernel of one length.</summary>
    /// <param name="filters">The channels of the output, at least 1.</param>
    /// <param name="kernelSize">The length of the kernel, at least 1.</param>
    /// <param name="activation">Applied to the sum. Default: <see cref="Activation.Linear"/>, which leaves it as it is.</param>
    public SeparableConv1DAttribute(int filters, int kernelSize, Activation activation = Activation.Linear)
        : this(filters, [kernelSize], activation)
    {
    }

    /// <summary>A kernel of any size.</summary>
    /// <param name="filters">The channels of the output, at least 1.</param>
    /// <param name="kernelSize">The length of the kernel, at least 1.</param>
    /// <param name="activation">Applied to the sum. Default: <see cref="Activation.Linear"/>, which leaves it as it is.</param>
    public SeparableConv1DAttribute(int filters, int[] kernelSize, Activation activation = Activation.Linear)
    {
        Filters = filters;
        KernelSize = kernelSize;
        Activation = activation;
    }

    /// <summary>The channels of the output.</summary>
    public int Filters { get; }

    /// <summary>The length of the kernel.</summary>
    public int[] KernelSize { get; }

    /// <summary>The function applied to the sum.</summary>
    public Activation Activation { get; }

    /// <summary>How many outputs each channel has, at least 1. Default: 1.</summary>
    public int DepthMultiplier { get; set; } = 1;

    /// <summary>How far the window moves along the axis, at least 1. Default: 1.</summary>
    public int[] Strides { get; set; } = [1];

    /// <summary>What the window finds beyond the edges. Default: <see cref="Padding.Valid"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>How far apart the taps stand along the axis, at least 1. Default: 1.</summary>
    public int[] Dilation { get; set; } = [1];

    /// <summary>Whether a bias is added; without one its settings are an error. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the depthwise kernel is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer DepthwiseInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>
    /// The size of what the depthwise kernel's initializer draws or sets: σ of <see cref="Initializer.RandomNormal"/> and
    /// <see cref="Initializer.TruncatedNormal"/>, the limit of <see cref="Initializer.RandomUniform"/> (default of these: 0.05), the factor of
    /// <see cref="Initializer.Orthogonal"/>, the scale of <see cref="Initializer.VarianceScaling"/>
    /// (default of these: 1). No other initializer takes one.
    /// </summary>
    public float DepthwiseInitializerScale { get; set; }

    /// <summary>The value of the depthwise kernel's <see cref="Initializer.Constant"/>. Default: 0.</summary>
    public float DepthwiseInitializerValue { get; set; }

    /// <summary>What the depthwise kernel's <see cref="Initializer.VarianceScaling"/> divides by. Default: <see cref="FanMode.FanIn"/>.</summary>
    public FanMode DepthwiseInitializerMode { get; set; }

    /// <summary>
    /// What the depthwise kernel's <see cref="Initializer.VarianceScaling"/> draws from. Default: <see cref="InitializerDistribution.TruncatedNormal"/>.
    /// </summary>
    public InitializerDistribution DepthwiseInitializerDistribution { get; set; }

    /// <summary>Weight of the depthwise kernel's L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float DepthwiseL1 { get; set; }

    /// <summary>Weight of the depthwise kernel's L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float DepthwiseL2 { get; set; }

    /// <summary>What the depthwise kernel is brought back to after every update; a norm is that along the first axis. Default: <see cref="Constraint.None"/>.</summary>
    public Constraint DepthwiseConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float DepthwiseConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float DepthwiseConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float DepthwiseConstraintRate { get; set; } = 1f;

    /// <summary>How the pointwise kernel is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer PointwiseInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>
    /// The size of what the pointwise kernel's initializer draws or sets: σ of <see cref="Initializer.RandomNormal"/> and
    /// <see cref="Initializer.TruncatedNormal"/>, the limit of <see cref="Initializer.RandomUniform"/> (default of these: 0.05), the factor of
    /// <see cref="Initializer.Orthogonal"/>, the scale of <see cref="Initializer.VarianceScaling"/>
    /// (default of these: 1). No other initializer takes one.
    /// </summary>
    public float PointwiseInitializerScale { get; set; }

    /// <summary>The value of the pointwise kernel's <see cref="Initializer.Constant"/>. Default: 0.</summary>
    public float PointwiseInitializerValue { get; set; }

    /// <summary>What the pointwise kernel's <see cref="Initializer.VarianceScaling"/> divides by. Default: <see cref="FanMode.FanIn"/>.</summary>
    public FanMode PointwiseInitializerMode { get; set; }

    /// <summary>
    /// What the pointwise kernel's <see cref="Initializer.VarianceScaling"/> draws from. Default: <see cref="InitializerDistribution.TruncatedNormal"/>.
    /// </summary>
    public InitializerDistribution PointwiseInitializerDistribution { get; set; }

    /// <summary>Weight of the pointwise kernel's L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float PointwiseL1 { get; set; }

    /// <summary>Weight of the pointwise kernel's L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float PointwiseL2 { get; set; }

    /// <summary>What the pointwise kernel is brought back to after every update; a norm is that along the first axis. Default: <see cref="Constraint.None"/>.</summary>
    public Constraint PointwiseConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float PointwiseConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float PointwiseConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float PointwiseConstraintRate { get; set; } = 1f;

    /// <summary>How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>
    /// The size of what the bias's initializer draws or sets: σ of <see cref="Initializer.RandomNormal"/> and
    /// <see cref="Initializer.TruncatedNormal"/>, the limit of <see cref="Initializer.RandomUniform"/> (default of these: 0.05), the scale of
    /// <see cref="Initializer.VarianceScaling"/> (default: 1). No other initializer takes one.
    /// </summary>
    public float BiasInitializerScale { get; set; }

    /// <summary>The value of the bias's <see cref="Initializer.Constant"/>. Default: 0.</summary>
    public float BiasInitializerValue { get; set; }

    /// <summary>Weight of the bias's L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float BiasL1 { get; set; }

    /// <summary>Weight of the bias's L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float BiasL2 { get; set; }

    /// <summary>What the bias is brought back to after every update. Default: <see cref="Constraint.None"/>.</summary>
    public Constraint BiasConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float BiasConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float BiasConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float BiasConstraintRate { get; set; } = 1f;
}
