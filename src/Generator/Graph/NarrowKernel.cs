using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>
/// Kernels of so few units that sixteen columns are mostly padding. They are stored as rows, one a unit: their gradient is a product of as
/// many rows, and the optimizer goes over what there is. Where there are many inputs, sums run along them; elsewhere a product reads a
/// transposed copy, as the gradient of the inputs would of a kernel that is not stored so.
/// </summary>
internal static class NarrowKernel
{
    private const int MostUnits = 4;

    // Adding up the lanes of a sum takes about six instructions.
    private const int AcrossASum = 6;

    /// <summary>Whether a kernel takes less room and work as rows.</summary>
    public static bool IsStoredAsRows(int inputs, int units) => units <= MostUnits && 2 * units <= inputs;

    /// <summary>Whether sums along the inputs take half the instructions of a product over columns, or fewer.</summary>
    public static bool SumsAlongInputs(int inputs, int units) =>
        units <= MostUnits && 2 * units * ((Shape.Padded(inputs) / Shape.PaddedTo) + AcrossASum) <= inputs;
}
