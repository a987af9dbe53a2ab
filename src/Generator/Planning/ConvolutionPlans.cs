using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>y = steps(the convolution of x with w), pooled where the geometry says so: tiles of some pixels of one row, w in panels.</summary>
internal sealed record ConvolutionPlan(
    WindowGeometry Geometry, int Units, EquatableArray<ElementwiseStep> Steps, EquatableArray<Tile> Tiles) : KernelPlan
{
    // Straight lines are some 13 % faster than a loop up to here; far beyond, the JIT compiler gives up.
    private const int StraightLine = 256;
    private const int StraightRun = 160;

    // Instructions of a loop's body below which counting costs: some 12 % of the time at 256 bits where two threads share a core.
    private const int LeastLoop = 48;
    private const int MostTerms = 4;

    public override bool TakesSamples => true;

    public override int ComputedColumns => PanelLayout.Computed(Units);

    /// <summary>Whether the kernel is told which rows to compute, for threads to share them.</summary>
    public bool TakesRows => Geometry.Y.Rows > 1;

    /// <summary>Whether each group of units passes over all samples before the next: where the kernel is larger than what it passes over.</summary>
    public bool IsKernelOutside => (long)Geometry.Depth * PanelLayout.Pad(Units) > Geometry.XSample + Geometry.YSample;

    /// <summary>Whether all terms of a tile of so many sums are written out.</summary>
    public bool IsStraightLine(int sums) => Geometry.Depth * sums <= StraightLine;

    /// <summary>Whether the terms of a run are written out.</summary>
    public bool IsStraightRun(int sums) => Geometry.Run * sums <= StraightRun;

    /// <summary>How many terms of a run are written out in its loop: so many that counting takes few of its instructions.</summary>
    public int TermsALoop(int rows, int vectors)
    {
        int instructions = (rows * vectors) + rows + vectors;
        int terms = 1;
        while (terms * instructions < LeastLoop && terms < MostTerms && Geometry.Run % (2 * terms) == 0)
        {
            terms *= 2;
        }

        return terms;
    }
}

/// <summary>
/// dw = steps(Σ x at each tap · dy) over all samples. A part is a piece of one run of dw's rows or, where runs are short, some whole runs.
/// </summary>
/// <param name="ChunkSamples">Samples summed before the next tile, so few that what a tile reads of them stays near.</param>
/// <param name="ChunkRows">The same of rows of pixels, where a sample is more than that.</param>
internal sealed record ConvolutionKernelGradientPlan(
    WindowGeometry Geometry,
    int Units,
    int ChunkSamples,
    int ChunkRows,
    EquatableArray<ElementwiseStep> Steps,
    EquatableArray<Tile> Tiles) : KernelPlan
{
    /// <summary>Runs up to here are short: a tile has several.</summary>
    public const int ShortRun = 12;

    /// <summary>Short runs in a part: a multiple of those in a tile.</summary>
    public const int PartRuns = 12;

    /// <summary>Rows in a part of a long run: a multiple of every tile's.</summary>
    public const int PartRows = KernelGradientPlan.PartRows;

    public override int ComputedColumns => PanelLayout.Computed(Units);

    public bool HasShortRuns => Geometry.Run <= ShortRun;

    /// <summary>Whether rows of x that are known to be 0 are left out: where a part has one row of taps.</summary>
    public bool SkipsZeros => !HasShortRuns && Geometry.Y.Rows > 1 && Geometry.ZerosAbove + Geometry.ZerosBelow > 0;

    /// <summary>Parts of a long run.</summary>
    public int Pieces => (Geometry.Run + PartRows - 1) / PartRows;

    public int Parts => HasShortRuns ? (Geometry.Runs + PartRuns - 1) / PartRuns : Geometry.Runs * Pieces;
}
