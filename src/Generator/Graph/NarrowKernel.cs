using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>
/// Kernels of so few units that a product over sixteen columns would compute mostly padding. Stored as rows, one a unit, their sums run along
/// the inputs.
/// </summary>
internal static class NarrowKernel
{
    private const int MostUnits = 4;

    // Adding up the lanes of a sum takes about six instructions.
    private const int AcrossASum = 6;

    /// <summary>Whether sums along the inputs take half the instructions of a product over columns, or fewer.</summary>
    public static bool IsNarrow(int inputs, int units) =>
        units <= MostUnits && 2 * units * ((Shape.Padded(inputs) / Shape.PaddedTo) + AcrossASum) <= inputs;
}
