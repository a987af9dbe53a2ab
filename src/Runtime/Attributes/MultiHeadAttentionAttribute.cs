namespace Unroll;

/// <summary>
/// Multi-head attention (Vaswani et al., 2017): <c>softmax(q·kᵀ/√keyDim)·v</c> in each head, the heads joined by a last product.
/// </summary>
/// <remarks>
/// <para>Input: query [steps, features], value and key [other steps, ...]; output [steps, <see cref="OutputDim"/>]. Without names the value
/// above is all three of them: self-attention. <c>q = query·W + b</c> by head, k and v alike, then the shares that the keys have for each query, a
/// softmax over the keys, which in training <see cref="Dropout"/> thins out, mix the values.</para>
/// <para>Parameters, each with its bias behind it where <see cref="UseBias"/> is true: <c>query/kernel</c> [features, heads, keyDim],
/// <c>key/kernel</c> [features, heads, keyDim], <c>value/kernel</c> [features, heads, valueDim], <c>attention_output/kernel</c> [heads, valueDim,
/// outputDim]. The settings of kernels and biases are those of all four.</para>
/// <para>Definition and defaults are those of <c>keras.layers.MultiHeadAttention</c> (Keras 3) over one axis of steps. Unnamed layers are
/// called <c>multi_head_attention1</c>.</para>
/// </remarks>
/// <example>
/// <code>
/// [Block]
/// [LayerNormalization]
/// [MultiHeadAttention(4, 16, Dropout = 0.1f)]
/// public sealed partial class Attend;
///
/// [Network(64, 64)]
/// [Residual&lt;Attend&gt;]     // 64 × 64 → 64 × 64
/// </code>
/// </example>
/// <param name="heads">The number of heads, at least 1.</param>
/// <param name="keyDim">The size of a head's queries and keys, at least 1.</param>
public sealed class MultiHeadAttentionAttribute(int heads, int keyDim) : LayerAttribute
{
    /// <summary>The number of heads.</summary>
    public int Heads { get; } = heads;

    /// <summary>The size of a head's queries and keys.</summary>
    public int KeyDim { get; } = keyDim;

    /// <summary>The size of a head's values. Default: 0, as large as a key.</summary>
    public int ValueDim { get; set; }

    /// <summary>The size of the output's last axis. Default: 0, as large as the query's.</summary>
    public int OutputDim { get; set; }

    /// <summary>The layer or input that asks. Default: the value above, or that of <see cref="LayerAttribute.From"/>.</summary>
    public string? Query { get; set; }

    /// <summary>The layer or input whose steps are mixed. Default: the query.</summary>
    public string? Value { get; set; }

    /// <summary>The layer or input that tells the value's steps apart, with as many steps. Default: the value.</summary>
    public string? Key { get; set; }

    /// <summary>The share of shares that are dropped in training, in [0, 1). Default: 0.</summary>
    public float Dropout { get; set; }

    /// <summary>Whether step t sees the steps up to t only. Default: false.</summary>
    public bool Causal { get; set; }

    /// <summary>Whether biases are added; without them their settings are an error. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How each kernel is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>
    /// The size of what a kernel's initializer draws or sets: σ of <see cref="Initializer.RandomNormal"/> and
    /// <see cref="Initializer.TruncatedNormal"/>, the limit of <see cref="Initializer.RandomUniform"/> (default of these: 0.05), the factor of
    /// <see cref="Initializer.Orthogonal"/>, the scale of <see cref="Initializer.VarianceScaling"/>
    /// (default of these: 1). No other initializer takes one.
    /// </summary>
    public float KernelInitializerScale { get; set; }

    /// <summary>The value of a kernel's <see cref="Initializer.Constant"/>. Default: 0.</summary>
    public float KernelInitializerValue { get; set; }

    /// <summary>What a kernel's <see cref="Initializer.VarianceScaling"/> divides by. Default: <see cref="FanMode.FanIn"/>.</summary>
    public FanMode KernelInitializerMode { get; set; }

    /// <summary>
    /// What a kernel's <see cref="Initializer.VarianceScaling"/> draws from. Default: <see cref="InitializerDistribution.TruncatedNormal"/>.
    /// </summary>
    public InitializerDistribution KernelInitializerDistribution { get; set; }

    /// <summary>How each bias is filled before training. Default: <see cref="Initializer.Zeros"/>.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>
    /// The size of what a bias's initializer draws or sets: σ of <see cref="Initializer.RandomNormal"/> and
    /// <see cref="Initializer.TruncatedNormal"/>, the limit of <see cref="Initializer.RandomUniform"/> (default of these: 0.05), the scale of
    /// <see cref="Initializer.VarianceScaling"/> (default: 1). No other initializer takes one.
    /// </summary>
    public float BiasInitializerScale { get; set; }

    /// <summary>The value of a bias's <see cref="Initializer.Constant"/>. Default: 0.</summary>
    public float BiasInitializerValue { get; set; }

    /// <summary>Weight of a kernel's L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float KernelL1 { get; set; }

    /// <summary>Weight of a kernel's L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float KernelL2 { get; set; }

    /// <summary>Weight of a bias's L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float BiasL1 { get; set; }

    /// <summary>Weight of a bias's L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float BiasL2 { get; set; }

    /// <summary>What each kernel is brought back to after every update. Default: <see cref="Constraint.None"/>.</summary>
    public Constraint KernelConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float KernelConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float KernelConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float KernelConstraintRate { get; set; } = 1f;

    /// <summary>What each bias is brought back to after every update. Default: <see cref="Constraint.None"/>.</summary>
    public Constraint BiasConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float BiasConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float BiasConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float BiasConstraintRate { get; set; } = 1f;
}
