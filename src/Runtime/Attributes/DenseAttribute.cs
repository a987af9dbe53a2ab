namespace Unroll;

/// <summary>A fully connected layer: <c>y = activation(x·kernel + bias)</c>.</summary>
/// <remarks>
/// <para>Input <c>[..., inputs]</c>, output <c>[..., units]</c>: on an input of rank above 1 the layer works on the last axis, with the same
/// kernel at every position of the others. Parameters: <c>kernel</c> [inputs, units] and, with <see cref="UseBias"/>, <c>bias</c> [units].</para>
/// <para>Penalties are added to the training loss: <c>L1·Σ|w| + L2·Σw²</c> for the kernel and for the bias.</para>
/// <para>An argument of an initializer or a constraint can be given only to one that has it.</para>
/// <para>Definition and defaults are those of <c>keras.layers.Dense</c> (Keras 3).</para>
/// </remarks>
/// <example>
/// <code>
/// [Dense(128, Activation.Relu, KernelL2 = 1e-4f)]     // 784 → 128: 784·128 + 128 parameters
/// </code>
/// </example>
/// <param name="units">The size of the output's last axis, at least 1.</param>
/// <param name="activation">Applied to the sum. Default: <see cref="Activation.Linear"/>, which leaves it as it is.</param>
public sealed class DenseAttribute(int units, Activation activation = Activation.Linear) : LayerAttribute
{
    /// <summary>The size of the output's last axis.</summary>
    public int Units { get; } = units;

    /// <summary>The function applied to <c>x·kernel + bias</c>.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>Whether a bias is added; without one its settings are an error. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the kernel is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>
    /// The size of what the kernel's initializer draws or sets: σ of <see cref="Initializer.RandomNormal"/> and
    /// <see cref="Initializer.TruncatedNormal"/>, the limit of <see cref="Initializer.RandomUniform"/> (default of these: 0.05), the factor of
    /// <see cref="Initializer.Orthogonal"/> and <see cref="Initializer.Identity"/>, the scale of <see cref="Initializer.VarianceScaling"/>
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

    /// <summary>Weight of the kernel's L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float KernelL1 { get; set; }

    /// <summary>Weight of the kernel's L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float KernelL2 { get; set; }

    /// <summary>Weight of the bias's L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float BiasL1 { get; set; }

    /// <summary>Weight of the bias's L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float BiasL2 { get; set; }

    /// <summary>What the kernel is brought back to after every update. Default: <see cref="Constraint.None"/>.</summary>
    public Constraint KernelConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float KernelConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float KernelConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float KernelConstraintRate { get; set; } = 1f;

    /// <summary>What the bias is brought back to after every update. Default: <see cref="Constraint.None"/>.</summary>
    public Constraint BiasConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float BiasConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float BiasConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float BiasConstraintRate { get; set; } = 1f;
}
