namespace Unroll;

/// <summary>The base of layers whose cell runs along the steps of a sequence.</summary>
public abstract class RecurrentAttribute : LayerAttribute
{
    private protected RecurrentAttribute(int units)
    {
        Units = units;
    }

    /// <summary>The size of the state.</summary>
    public int Units { get; }

    /// <summary>The function of the new state. Default: <see cref="Activation.Tanh"/>. No softmax.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>Whether a bias is added; without one its settings are an error. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>Whether the output holds the state after each step, <c>[steps, units]</c>; else the last one, <c>[units]</c>. Default: false.</summary>
    public bool ReturnSequences { get; set; }

    /// <summary>Whether the last step is read first; sequences then come out in that order too, as in Keras. Default: false.</summary>
    public bool GoBackwards { get; set; }

    /// <summary>
    /// Whether the output is 0 at masked steps, and as a whole where the last step read is masked; else a masked step repeats the output before
    /// it. Default: false.
    /// </summary>
    public bool ZeroOutputForMask { get; set; }

    /// <summary>
    /// The layers or inputs whose values the state is before the first step, each of as many numbers as there are units: one; for an LSTM the
    /// state and the memory cell; in both directions those of the first cell, then those of the second. Default: none, 0.
    /// </summary>
    public string[] InitialState { get; set; } = [];

    /// <summary>
    /// How the outputs of a second cell, with parameters of its own, that reads the sequence in the opposite direction are joined to those of the first.
    /// Default: <see cref="BidirectionalMerge.None"/>, no second cell. The parameters are then called <c>forward/kernel</c>, <c>backward/kernel</c> and so on.
    /// </summary>
    public BidirectionalMerge Bidirectional { get; set; }

    /// <summary>
    /// The share of the inputs' features that is set to 0 in training, in [0, 1); the same ones at all steps of a sample, for each gate others where there
    /// is recurrent dropout too. Default: 0.
    /// </summary>
    public float Dropout { get; set; }

    /// <summary>
    /// The share of the state's units that is set to 0 in training where it enters the products, in [0, 1); the same ones at all steps of a
    /// sample, for each gate others. Default: 0.
    /// </summary>
    public float RecurrentDropout { get; set; }

    /// <summary>How the kernel is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>
    /// The size of what the kernel's initializer draws or sets: σ of <see cref="Initializer.RandomNormal"/> and
    /// <see cref="Initializer.TruncatedNormal"/>, the limit of <see cref="Initializer.RandomUniform"/> (default of these: 0.05), the factor of
    /// <see cref="Initializer.Orthogonal"/> and <see cref="Initializer.Identity"/> (default: 1),
    /// the scale of <see cref="Initializer.VarianceScaling"/> (default: 1). No other initializer takes one.
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

    /// <summary>How the recurrent kernel is filled before training. Default: <see cref="Initializer.Orthogonal"/>.</summary>
    public Initializer RecurrentInitializer { get; set; } = Initializer.Orthogonal;

    /// <summary>
    /// The size of what the recurrent kernel's initializer draws or sets: σ of <see cref="Initializer.RandomNormal"/> and
    /// <see cref="Initializer.TruncatedNormal"/>, the limit of <see cref="Initializer.RandomUniform"/> (default of these: 0.05), the factor of
    /// <see cref="Initializer.Orthogonal"/> and <see cref="Initializer.Identity"/> (default: 1),
    /// the scale of <see cref="Initializer.VarianceScaling"/> (default: 1). No other initializer takes one.
    /// </summary>
    public float RecurrentInitializerScale { get; set; }

    /// <summary>The value of the recurrent kernel's <see cref="Initializer.Constant"/>. Default: 0.</summary>
    public float RecurrentInitializerValue { get; set; }

    /// <summary>What the recurrent kernel's <see cref="Initializer.VarianceScaling"/> divides by. Default: <see cref="FanMode.FanIn"/>.</summary>
    public FanMode RecurrentInitializerMode { get; set; }

    /// <summary>
    /// What the recurrent kernel's <see cref="Initializer.VarianceScaling"/> draws from. Default: <see cref="InitializerDistribution.TruncatedNormal"/>.
    /// </summary>
    public InitializerDistribution RecurrentInitializerDistribution { get; set; }

    /// <summary>Weight of the recurrent kernel's L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float RecurrentL1 { get; set; }

    /// <summary>Weight of the recurrent kernel's L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float RecurrentL2 { get; set; }

    /// <summary>What the recurrent kernel is brought back to after every update; a norm is that along the first axis. Default: <see cref="Constraint.None"/>.</summary>
    public Constraint RecurrentConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float RecurrentConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float RecurrentConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float RecurrentConstraintRate { get; set; } = 1f;

    /// <summary>How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>
    /// The size of what the bias's initializer draws or sets: σ of <see cref="Initializer.RandomNormal"/> and
    /// <see cref="Initializer.TruncatedNormal"/>, the limit of <see cref="Initializer.RandomUniform"/> (default of these: 0.05),
    /// the scale of <see cref="Initializer.VarianceScaling"/> (default: 1). No other initializer takes one.
    /// </summary>
    public float BiasInitializerScale { get; set; }

    /// <summary>The value of the bias's <see cref="Initializer.Constant"/>. Default: 0.</summary>
    public float BiasInitializerValue { get; set; }

    /// <summary>What the bias's <see cref="Initializer.VarianceScaling"/> divides by. Default: <see cref="FanMode.FanIn"/>.</summary>
    public FanMode BiasInitializerMode { get; set; }

    /// <summary>
    /// What the bias's <see cref="Initializer.VarianceScaling"/> draws from. Default: <see cref="InitializerDistribution.TruncatedNormal"/>.
    /// </summary>
    public InitializerDistribution BiasInitializerDistribution { get; set; }

    /// <summary>Weight of the bias's L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float BiasL1 { get; set; }

    /// <summary>Weight of the bias's L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float BiasL2 { get; set; }

    /// <summary>What the bias is brought back to after every update; a norm is that along the first axis. Default: <see cref="Constraint.None"/>.</summary>
    public Constraint BiasConstraint { get; set; }

    /// <summary>The least norm of <see cref="Constraint.MinMaxNorm"/>, at least 0. Default: 0.</summary>
    public float BiasConstraintMin { get; set; }

    /// <summary>The greatest norm: of <see cref="Constraint.MaxNorm"/>, default 2, and of <see cref="Constraint.MinMaxNorm"/>, default 1.</summary>
    public float BiasConstraintMax { get; set; }

    /// <summary>How far <see cref="Constraint.MinMaxNorm"/> goes towards its limits, in [0, 1]. Default: 1.</summary>
    public float BiasConstraintRate { get; set; } = 1f;
}
