using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Gradients keep their padding at 0: sums over padded vectors then need no mask.</summary>
internal static class VectorPadding
{
    /// <summary>Writes zeros behind the columns of the vector at <paramref name="row"/>.</summary>
    public static void Clear(CodeWriter writer, SimdTarget t, string reference, string row, int columns)
    {
        int lanes = t.Machine.Lanes;
        int whole = columns / lanes * lanes;
        if (columns > whole)
        {
            string at = $"{row} + {whole}";
            writer.Line(t.StoreAt(t.Select(t.FirstLanes(columns - whole), t.LoadAt(reference, at), t.Zero), reference, at));
            whole += lanes;
        }

        for (; whole < PanelLayout.Pad(columns); whole += lanes)
        {
            writer.Line(t.StoreAt(t.Zero, reference, $"{row} + {whole}"));
        }
    }
}
