namespace Unroll;

/// <summary>Parametric rectifier (He et al., 2015): <c>y = x</c> for positive x, else <c>slope·x</c> with a trained slope.</summary>
/// <remarks>
/// <para>Output shape: the input's. Parameter: <c>alpha</c>, the slopes, one for each value of a sample, in the input's shape.</para>
/// <para>Definition and defaults are those of <c>keras.layers.PReLU</c> (Keras 3). Unnamed layers are called
/// <c>prelu1</c>, <c>prelu2</c>.</para>
/// </remarks>
/// <example>
/// <code>
/// [Dense(64)]
/// [PRelu]
/// </code>
/// </example>
public sealed class PReluAttribute : LayerAttribute
{
    /// <summary>
    /// The axes along which all values have the same slope, counted from 1: [1, 2] for one slope a channel of an image. Default: none.
    /// </summary>
    public int[] SharedAxes { get; set; } = [];

    /// <summary>How the slopes are filled before training. Default: <see cref="Initializer.Zeros"/>.</summary>
    public Initializer SlopeInitializer { get; set; } = Initializer.Zeros;

    /// <summary>
    /// The size of what the slopes' initializer draws or sets: σ of <see cref="Initializer.RandomNormal"/> and
    /// <see cref="Initializer.TruncatedNormal"/>, the limit of <see cref="Initializer.RandomUniform"/> (default of these: 0.05), the scale of
    /// <see cref="Initializer.VarianceScaling"/> (default: 1). No other initializer takes one.
    /// </summary>
    public float SlopeInitializerScale { get; set; }

    /// <summary>The value of the slopes' <see cref="Initializer.Constant"/>. Default: 0.</summary>
    public float SlopeInitializerValue { get; set; }

    /// <summary>Weight of the slopes' L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float SlopeL1 { get; set; }

    /// <summary>Weight of the slopes' L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float SlopeL2 { get; set; }

    /// <summary>
    /// What the slopes are brought back to after every update. A norm is that of the slopes along the first axis of a sample, one for each
    /// place of the others. Default: <see cref="Constraint.None"/>.
    /// </summary>
    public Constraint SlopeConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float SlopeConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float SlopeConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float SlopeConstraintRate { get; set; } = 1f;
}
