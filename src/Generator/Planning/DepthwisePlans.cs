using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>y = steps(each channel of x convolved by itself): tiles of some pixels of one row.</summary>
internal sealed record DepthwisePlan(WindowGeometry Geometry, EquatableArray<ElementwiseStep> Steps, EquatableArray<Tile> Tiles) : KernelPlan
{
    private const int StraightLine = 192;

    public override bool TakesSamples => true;

    public override int ComputedColumns => PanelLayout.Computed(Geometry.X.Channels);

    /// <summary>Whether all terms of a tile of so many sums are written out.</summary>
    public bool IsStraightLine(int sums) => Geometry.Taps * sums <= StraightLine;
}

/// <summary>dw = steps(Σ x at each tap · dy) over all samples, of each channel by itself; a part is a panel of channels.</summary>
internal sealed record DepthwiseKernelGradientPlan(WindowGeometry Geometry, EquatableArray<ElementwiseStep> Steps) : KernelPlan
{
    /// <summary>Sums side by side: few enough for the registers of every machine.</summary>
    public const int TapsAtOnce = 10;

    // More taps are looped over, one row of the window after another.
    private const int MostWrittenOut = 50;

    /// <summary>Whether the rows of the window are looped over.</summary>
    public bool LoopsOverRows => Geometry.Taps > MostWrittenOut;

    /// <summary>Whether the taps of a row are looped over as well.</summary>
    public bool LoopsOverTaps => Geometry.Window.Columns.Size > MostWrittenOut;

    public int Parts => PanelLayout.Panels(Geometry.X.Channels);
}
