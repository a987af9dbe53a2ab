namespace Unroll.Generator.Graph;

/// <summary>
/// What the elements of a value are. Whole numbers may be read wherever floats may, which changes nothing in memory; ids must be whole numbers.
/// </summary>
internal enum ElementType
{
    /// <summary>
    /// Numbers of 32 bits. The few values that only operations made for them read count as floats too, whatever is in their memory: loops,
    /// clocks, kernels rounded to 16 bits.
    /// </summary>
    Float,

    /// <summary>
    /// Numbers without a fraction, as ids are. They are stored as floats, because ids are features, and features of data sets are floats; those
    /// hold every whole number up to 2²⁴, and an embedding of more ids is refused.
    /// </summary>
    WholeNumber,
}
