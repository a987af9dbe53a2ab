namespace Unroll.Serialization;

/// <summary>The types of a tensor's elements that can be read; all little-endian.</summary>
internal enum ElementType
{
    /// <summary>IEEE 754 single precision.</summary>
    F32,

    /// <summary>IEEE 754 double precision.</summary>
    F64,

    /// <summary>IEEE 754 half precision.</summary>
    F16,

    /// <summary>The upper half of single precision.</summary>
    BF16,
}
