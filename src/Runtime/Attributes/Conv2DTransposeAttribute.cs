namespace Unroll;

/// <summary>A transposed convolution of an image: each pixel adds its kernel to a window of the output.</summary>
/// <remarks>
/// <para>Input <c>[rows, columns, channels]</c>, output <c>[rows′, columns′, filters]</c>. Along each axis of n values, with strides s and a kernel that reaches over k, the
/// output has (n − 1)·s + max(k, s) values (<see cref="Padding.Valid"/>) or n·s (<see cref="Padding.Same"/>); with an output padding of p it
/// has (n − 1)·s + k + p, or (n − 1)·s + k mod 2 + p. Only one of strides and dilation may be above 1.
/// Parameters: <c>kernel</c> [kernel rows, kernel columns, filters, channels] and, with <see cref="UseBias"/>, <c>bias</c> [filters].</para>
/// <para>Penalties are added to the training loss: <c>L1·Σ|w| + L2·Σw²</c> of each parameter.</para>
/// <para>Definition and defaults are those of <c>keras.layers.Conv2DTranspose</c> (Keras 3), channels last; its <c>dilation_rate</c> is
/// <see cref="Dilation"/>.</para>
/// </remarks>
/// <example>
/// <code>
/// [Conv2DTranspose(16, 3, Strides = [2], Padding = Padding.Same)]     // 14 × 14 × 8 → 28 × 28 × 16
/// </code>
/// </example>
public sealed class Conv2DTransposeAttribute : LayerAttribute
{
    /// <summary>A kernel as long as wide.</summary>
    /// <param name="filters">The channels of the output, at least 1.</param>
    /// <param name="kernelSize">The rows and columns of the kernel, at least 1.</param>
    /// <param name="activation">Applied to the sum. Default: <see cref="Activation.Linear"/>, which leaves it as it is.</param>
    public Conv2DTransposeAttribute(int filters, int kernelSize, Activation activation = Activation.Linear)
        : this(filters, [kernelSize], activation)
    {
    }

    /// <summary>A kernel of any size.</summary>
    /// <param name="filters">The channels of the output, at least 1.</param>
    /// <param name="kernelSize">The rows and columns of the kernel, at least 1; one number stands for both.</param>
    /// <param name="activation">Applied to the sum. Default: <see cref="Activation.Linear"/>, which leaves it as it is.</param>
    public Conv2DTransposeAttribute(int filters, int[] kernelSize, Activation activation = Activation.Linear)
    {
        Filters = filters;
        KernelSize = kernelSize;
        Activation = activation;
    }

    /// <summary>The channels of the output.</summary>
    public int Filters { get; }

    /// <summary>The rows and columns of the kernel; one number stands for both.</summary>
    public int[] KernelSize { get; }

    /// <summary>The function applied to the sum.</summary>
    public Activation Activation { get; }

    /// <summary>How far apart the windows of neighbours stand along each axis, at least 1; one number stands for both. Default: 1.</summary>
    public int[] Strides { get; set; } = [1];

    /// <summary>Whether the output keeps all that the windows reach. Default: <see cref="Padding.Valid"/>.</summary>
    public Padding Padding { get; set; }

    /// <summary>What is added after the last row and column of the output, below the strides; one number stands for both. Default: what the output's size asks for.</summary>
    public int[]? OutputPadding { get; set; }

    /// <summary>How far apart the taps stand along each axis, at least 1; one number stands for both. Default: 1.</summary>
    public int[] Dilation { get; set; } = [1];

    /// <summary>Whether a bias is added; without one its settings are an error. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the kernel is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>
    /// The size of what the kernel's initializer draws or sets: σ of <see cref="Initializer.RandomNormal"/> and
    /// <see cref="Initializer.TruncatedNormal"/>, the limit of <see cref="Initializer.RandomUniform"/> (default of these: 0.05), the factor of
    /// <see cref="Initializer.Orthogonal"/>, the scale of <see cref="Initializer.VarianceScaling"/>
    /// (default of these: 1). No other initializer takes one.
    /// </summary>
    public float KernelInitializerScale { get; set; }

    /// <summary>The value of the kernel's <see cref="Initializer.Constant"/>. Default: 0.</summary>
    public float KernelInitializerValue { get; set; }

    /// <summary>What the kernel's <see cref="Initializer.VarianceScaling"/> divides by. Default: <see cref="FanMode.FanIn"/>.</summary>
    public FanMode KernelInitializerMode { get; set; }

    /// <summary>
    /// What the kernel's <see cref="Initializer.VarianceScaling"/> draws from. Default: <see cref="InitializerDistribution.TruncatedNormal"/>.
    /// </summary>
    public InitializerDistribution KernelInitializerDistribution { get; set; }

    /// <summary>Weight of the kernel's L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float KernelL1 { get; set; }

    /// <summary>Weight of the kernel's L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float KernelL2 { get; set; }

    /// <summary>What the kernel is brought back to after every update; a norm is that along the first axis. Default: <see cref="Constraint.None"/>.</summary>
    public Constraint KernelConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float KernelConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float KernelConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float KernelConstraintRate { get; set; } = 1f;

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
