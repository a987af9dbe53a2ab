namespace Unroll;

/// <summary>How wide the kernels are that predictions read: <see cref="NetworkAttribute.InferenceWeights"/>.</summary>
public enum WeightPrecision
{
    /// <summary>IEEE 754 single precision, 32 bits: the parameters themselves.</summary>
    Single,

    /// <summary>
    /// The upper half of single precision, 16 bits: a copy of the kernels with 8 significant bits and the same range, rounded to nearest, ties to
    /// even.
    /// </summary>
    BFloat16,
}
