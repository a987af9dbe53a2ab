namespace Unroll;

/// <summary>A layer that standardizes and then computes <c>y = gamma·x̂ + beta</c>: what it says about the two parameters.</summary>
/// <remarks>
/// <para><c>gamma</c> exists with <see cref="Scale"/>, <c>beta</c> with <see cref="Center"/>; what is said about one that does not exist has
/// no effect, as in Keras.</para>
/// <para>Penalties are added to the training loss: <c>L1·Σ|w| + L2·Σw²</c> for each of the two. The norm of a constraint is that of all
/// values of one of them.</para>
/// <para>An argument of an initializer or a constraint can be given only to one that has it.</para>
/// </remarks>
public abstract class ScaleAndCenterAttribute : LayerAttribute
{
    private protected ScaleAndCenterAttribute()
    {
    }

    /// <summary>Added to the variance, above 0. Default: 0.001.</summary>
    public float Epsilon { get; set; } = 1e-3f;

    /// <summary>Whether <c>beta</c> is added; without it its settings are an error. Default: true.</summary>
    public bool Center { get; set; } = true;

    /// <summary>Whether <c>gamma</c> multiplies; without it its settings are an error. Default: true.</summary>
    public bool Scale { get; set; } = true;

    /// <summary>How <c>gamma</c> is filled before training. Default: <see cref="Initializer.Ones"/>.</summary>
    public Initializer GammaInitializer { get; set; } = Initializer.Ones;

    /// <summary>
    /// The size of what the initializer of <c>gamma</c> draws: σ of <see cref="Initializer.RandomNormal"/> and
    /// <see cref="Initializer.TruncatedNormal"/>, the limit of <see cref="Initializer.RandomUniform"/> (default of these: 0.05), the scale of
    /// <see cref="Initializer.VarianceScaling"/> (default: 1). No other initializer takes one.
    /// </summary>
    public float GammaInitializerScale { get; set; }

    /// <summary>The value of the <see cref="Initializer.Constant"/> of <c>gamma</c>. Default: 0.</summary>
    public float GammaInitializerValue { get; set; }

    /// <summary>Weight of the L1 penalty on <c>gamma</c>, at least 0. Default: 0, no penalty.</summary>
    public float GammaL1 { get; set; }

    /// <summary>Weight of the L2 penalty on <c>gamma</c>, at least 0. Default: 0, no penalty.</summary>
    public float GammaL2 { get; set; }

    /// <summary>What <c>gamma</c> is brought back to after every update. Default: <see cref="Constraint.None"/>.</summary>
    public Constraint GammaConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float GammaConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float GammaConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float GammaConstraintRate { get; set; } = 1f;

    /// <summary>How <c>beta</c> is filled before training. Default: <see cref="Initializer.Zeros"/>.</summary>
    public Initializer BetaInitializer { get; set; } = Initializer.Zeros;

    /// <summary>The size of what the initializer of <c>beta</c> draws, as <see cref="GammaInitializerScale"/>.</summary>
    public float BetaInitializerScale { get; set; }

    /// <summary>The value of the <see cref="Initializer.Constant"/> of <c>beta</c>. Default: 0.</summary>
    public float BetaInitializerValue { get; set; }

    /// <summary>Weight of the L1 penalty on <c>beta</c>, at least 0. Default: 0, no penalty.</summary>
    public float BetaL1 { get; set; }

    /// <summary>Weight of the L2 penalty on <c>beta</c>, at least 0. Default: 0, no penalty.</summary>
    public float BetaL2 { get; set; }

    /// <summary>What <c>beta</c> is brought back to after every update. Default: <see cref="Constraint.None"/>.</summary>
    public Constraint BetaConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float BetaConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float BetaConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float BetaConstraintRate { get; set; } = 1f;
}
