using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Gradients keep their padding at 0: sums over padded vectors then need no mask.</summary>
internal static class VectorPadding
{
    /// <summary>Writes zeros behind the columns of the vector at <paramref name="row"/>.</summary>
    /// <param name="end">Where there are zeros already; without it, the end of the last panel.</param>
    public static void Clear(CodeWriter writer, SimdTarget t, string reference, Offset row, int columns, int? end = null)
    {
        int lanes = t.Machine.Lanes;
        int whole = columns / lanes * lanes;
        if (columns > whole)
        {
            Offset at = row + whole;
            writer.Line(t.Store(t.Select(t.FirstLanes(columns - whole), t.Load(reference, at), t.Zero), reference, at));
            whole += lanes;
        }

        for (; whole < (end ?? PanelLayout.Pad(columns)); whole += lanes)
        {
            writer.Line(t.Store(t.Zero, reference, row + whole));
        }
    }
}
