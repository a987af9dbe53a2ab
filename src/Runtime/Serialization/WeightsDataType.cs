namespace Unroll;

/// <summary>How the numbers of a weights file are written.</summary>
public enum WeightsDataType
{
    /// <summary>IEEE 754 single precision, 32 bits (<c>F32</c>): every bit comes back.</summary>
    Float32,

    /// <summary>IEEE 754 half precision, 16 bits (<c>F16</c>): 11 significant bits, magnitudes up to 65,504; rounded to nearest, ties to even.</summary>
    Float16,

    /// <summary>The upper half of single precision, 16 bits (<c>BF16</c>): 8 significant bits, and its range; rounded to nearest, ties to even.</summary>
    BFloat16,
}
