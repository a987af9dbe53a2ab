namespace Unroll.Generator.Model;

/// <summary>Mirrors <c>Unroll.Activation</c> by name and value; a test holds the two together.</summary>
internal enum Activation
{
    Linear,
    Relu,
    LeakyRelu,
    Elu,
    Selu,
    Gelu,
    GeluTanh,
    Swish,
    Sigmoid,
    HardSigmoid,
    Tanh,
    Softplus,
    Softsign,
    Softmax,
    Mish,
    Exponential,
    Relu6,
    HardSwish,
    Celu,
    LogSoftmax,
    LogSigmoid,
    HardTanh,
    TanhShrink,
    SoftShrink,
    HardShrink,
    Squareplus,
    ThresholdedRelu,
}

/// <summary>Mirrors <c>Unroll.WeightPrecision</c> by name and value; a test holds the two together.</summary>
internal enum WeightPrecision
{
    Single,
    BFloat16,
}

/// <summary>Mirrors <c>Unroll.Initializer</c> by name and value; a test holds the two together.</summary>
internal enum Initializer
{
    GlorotUniform,
    GlorotNormal,
    HeUniform,
    HeNormal,
    LecunUniform,
    LecunNormal,
    RandomNormal,
    RandomUniform,
    Zeros,
    Ones,
    TruncatedNormal,
    Orthogonal,
    Identity,
    Constant,
    VarianceScaling,
}

/// <summary>Mirrors <c>Unroll.FanMode</c> by name and value; a test holds the two together.</summary>
internal enum FanMode
{
    FanIn,
    FanOut,
    FanAvg,
}

/// <summary>Mirrors <c>Unroll.InitializerDistribution</c> by name and value; a test holds the two together.</summary>
internal enum InitializerDistribution
{
    TruncatedNormal,
    UntruncatedNormal,
    Uniform,
}

/// <summary>Mirrors <c>Unroll.BidirectionalMerge</c> by name and value; a test holds the two together.</summary>
internal enum BidirectionalMerge
{
    None,
    Concat,
    Sum,
    Mul,
    Ave,
}

/// <summary>Mirrors <c>Unroll.Constraint</c> by name and value; a test holds the two together.</summary>
internal enum Constraint
{
    None,
    NonNeg,
    MaxNorm,
    MinMaxNorm,
    UnitNorm,
}

/// <summary>Mirrors <c>Unroll.Padding</c> by name and value; a test holds the two together.</summary>
internal enum Padding
{
    Valid,
    Same,
    Causal,
}

/// <summary>Mirrors <c>Unroll.Interpolation</c> by name and value; a test holds the two together.</summary>
internal enum Interpolation
{
    Nearest,
    Bilinear,
}

/// <summary>Mirrors <c>Unroll.FillMode</c> by name and value; a test holds the two together.</summary>
internal enum FillMode
{
    Reflect,
    Wrap,
    Constant,
    Nearest,
}

/// <summary>Mirrors <c>Unroll.FlipMode</c> by name and value; a test holds the two together.</summary>
internal enum FlipMode
{
    HorizontalAndVertical,
    Horizontal,
    Vertical,
}
