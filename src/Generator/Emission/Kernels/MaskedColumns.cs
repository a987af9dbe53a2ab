using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>The columns of a vector as SIMD vectors: whole ones, one that is partly padding, and padding only.</summary>
internal sealed class MaskedColumns(SimdTarget t, int columns)
{
    /// <summary>SIMD vectors that hold at least one column.</summary>
    public int Used => PanelLayout.Vectors(columns, t.Machine);

    /// <summary>SIMD vectors without padding.</summary>
    public int Whole => columns / t.Machine.Lanes;

    /// <summary>SIMD vectors of the padded vector.</summary>
    public int Total => PanelLayout.Pad(columns) / t.Machine.Lanes;

    /// <summary>The load of a vector, its padding replaced by <paramref name="filler"/>.</summary>
    public string Load(string row, int vector, string filler) => Load(row, 0, vector, filler);

    /// <summary>The same of a vector that begins so many floats behind <paramref name="row"/>.</summary>
    public string Load(string row, int offset, int vector, string filler)
    {
        string load = t.Load(row, offset + (vector * t.Machine.Lanes));
        return vector < Whole ? load : t.Select(t.FirstLanes(columns % t.Machine.Lanes), load, filler);
    }

    /// <summary>A loop over the whole vectors of <c>xRow</c>, then a block for the one that is partly padding.</summary>
    /// <param name="writer">Receives the code.</param>
    /// <param name="body">Receives the load and where in the row it is.</param>
    /// <param name="filler">Stands where the last vector has padding.</param>
    public void ForEach(CodeWriter writer, Action<string, Offset> body, string filler)
    {
        int whole = Whole * t.Machine.Lanes;
        if (whole > 0)
        {
            using (writer.Block($"for (nuint u = 0; u < {whole}; u += {t.Machine.Lanes})"))
            {
                Offset u = Offset.Variable("u");
                body(t.Load("xRow", u), u);
            }
        }

        if (Used > Whole)
        {
            using (writer.Braces())
            {
                body(Load("xRow", Whole, filler), whole);
            }
        }
    }

    /// <summary>Zeros for the vectors that are padding only.</summary>
    public void ClearPadding(CodeWriter writer, string row)
    {
        for (int v = Used; v < Total; v++)
        {
            writer.Line(t.Store(t.Zero, row, v * t.Machine.Lanes));
        }
    }
}
