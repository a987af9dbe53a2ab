namespace Unroll;

/// <summary>What layers that look vectors up in a trained table have in common: how the table starts and what holds it back.</summary>
public abstract class EmbeddingTableAttribute : LayerAttribute
{
    private protected EmbeddingTableAttribute(Initializer initializer) => EmbeddingsInitializer = initializer;

    /// <summary>How the table is filled before training. Default: <see cref="Initializer.RandomUniform"/>, ±0.05, of ids, <see cref="Initializer.GlorotUniform"/> of positions.</summary>
    public Initializer EmbeddingsInitializer { get; set; }

    /// <summary>
    /// The size of what the table's initializer draws or sets: σ of <see cref="Initializer.RandomNormal"/> and
    /// <see cref="Initializer.TruncatedNormal"/>, the limit of <see cref="Initializer.RandomUniform"/> (default of these: 0.05), the factor of
    /// <see cref="Initializer.Orthogonal"/> and <see cref="Initializer.Identity"/>, the scale of <see cref="Initializer.VarianceScaling"/>
    /// (default of these: 1). No other initializer takes one.
    /// </summary>
    public float EmbeddingsInitializerScale { get; set; }

    /// <summary>The value of the table's <see cref="Initializer.Constant"/>. Default: 0.</summary>
    public float EmbeddingsInitializerValue { get; set; }

    /// <summary>What the table's <see cref="Initializer.VarianceScaling"/> divides by. Default: <see cref="FanMode.FanIn"/>.</summary>
    public FanMode EmbeddingsInitializerMode { get; set; }

    /// <summary>
    /// What the table's <see cref="Initializer.VarianceScaling"/> draws from. Default: <see cref="InitializerDistribution.TruncatedNormal"/>.
    /// </summary>
    public InitializerDistribution EmbeddingsInitializerDistribution { get; set; }

    /// <summary>Weight of the table's L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float EmbeddingsL1 { get; set; }

    /// <summary>Weight of the table's L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float EmbeddingsL2 { get; set; }

    /// <summary>What the table is brought back to after every update. Default: <see cref="Constraint.None"/>.</summary>
    public Constraint EmbeddingsConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float EmbeddingsConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float EmbeddingsConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float EmbeddingsConstraintRate { get; set; } = 1f;
}
