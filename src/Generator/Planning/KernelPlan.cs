using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning.Calls;

namespace Unroll.Generator.Planning;

/// <summary>
/// How one operation is computed: sizes, strides and tiles, all constants. Operations with equal plans share one kernel, so a plan holds
/// nothing about where its operands lie.
/// </summary>
internal abstract record KernelPlan
{
    /// <summary>The columns that are computed where padding is left out; else at least those of a panel.</summary>
    public virtual int ComputedColumns => PanelLayout.Width;

    /// <summary>Whether the kernel is told the number of samples rather than of vectors.</summary>
    public virtual bool TakesSamples => false;

    /// <summary>The machine whose kernel <paramref name="machine"/> runs: mostly its own.</summary>
    public SimdMachine MachineFor(SimdMachine machine) => machine.Narrower is { } narrower && ComputedColumns <= narrower.Lanes ? narrower : machine;
}

/// <summary>y = steps(x·w): <paramref name="Inputs"/> to <paramref name="Units"/> values a vector, w in panels.</summary>
/// <param name="Streamed">Vectors that pass before w is needed again, where it comes from an outer cache by then; 0 where it stays near.</param>
internal sealed record ProductPlan(
    int Inputs,
    int Units,
    int XStride,
    int YStride,
    int Streamed,
    EquatableArray<ElementwiseStep> Steps,
    EquatableArray<Tile> Tiles) : KernelPlan
{
    public override int ComputedColumns => PanelLayout.Computed(Units);

    /// <summary>
    /// Steps of a tile's sum for each cache line of w that is fetched ahead: while the vectors pass over one group of columns, all of the
    /// next group comes near. A power of two, which divides the inputs of most layers; 0 where nothing is fetched ahead.
    /// </summary>
    public int StepsALine(Tile tile)
    {
        // Lines of the next group = Inputs · columns / 16; steps over this one = Inputs · tiles.
        bool hasNext = tile.Columns >= PanelLayout.Width && tile.Columns < PanelLayout.Pad(Units);
        int steps = tile.Machine.Prefetches && hasNext ? Streamed / tile.Rows * PanelLayout.Width / tile.Columns : 0;
        int powerOfTwo = 1;
        while (2 * powerOfTwo <= steps)
        {
            powerOfTwo *= 2;
        }

        return Math.Min(steps, powerOfTwo);
    }
}

/// <summary>y = steps(x·wᵀ): sums along <paramref name="Inputs"/> values, <paramref name="Units"/> of them a vector, wᵀ in panels.</summary>
/// <param name="Tiles">Of rows of x and units.</param>
internal sealed record TransposedProductPlan(
    int Inputs, int Units, int XStride, int YStride, EquatableArray<ElementwiseStep> Steps, EquatableArray<Tile> Tiles) : KernelPlan
{
    /// <summary>Inputs in whole panels of wᵀ.</summary>
    public int Whole => Inputs / PanelLayout.Width * PanelLayout.Width;
}

/// <summary>y = steps(x·w) with samples as lanes, w or its transpose in panels, of which the transpose has one.</summary>
/// <param name="Tiles">Of units, and vectors of a group's lanes.</param>
internal sealed record LaneProductPlan(
    int Inputs, int Units, bool IsTransposed, EquatableArray<ElementwiseStep> Steps, EquatableArray<Tile> Tiles) : KernelPlan;

/// <summary>
/// y = steps(x·w) for a single vector: there are no rows to share a load of w, so it is read once, and enough sums stand side by side to
/// keep the processor's multiply-adds from waiting for each other.
/// </summary>
/// <param name="Tiles">Of one row.</param>
internal sealed record SingleProductPlan(
    int Inputs, int Units, EquatableArray<ElementwiseStep> Steps, EquatableArray<Tile> Tiles) : KernelPlan
{
    // Two multiply-adds a cycle, each four cycles long.
    private const int SumsInFlight = 8;

    /// <summary>Floats of the kernel up to which the method is inlined: a small network is then one method.</summary>
    private const int InlinedFloats = 8192;

    /// <summary>Multiply-adds of vectors that are written out one by one.</summary>
    private const int StraightLine = 64;

    /// <summary>Whether w is in 16 bits, two rows in a lane.</summary>
    public bool HasPairs { get; init; }

    /// <summary>
    /// Whether calls take the columns from the first and from the last in turns, as their last argument says: of a kernel that is more than the
    /// nearest cache holds, each begins with what the one before has left there.
    /// </summary>
    public bool TakesTurns { get; init; }

    /// <summary>Values of x that lie one after another.</summary>
    public int Run { get; init; } = Inputs;

    /// <summary>Floats from one such run to the next.</summary>
    public int RunStep { get; init; } = Inputs;

    public int Runs => Inputs / Run;

    /// <summary>Rows of a panel.</summary>
    public int Depth => HasPairs ? PanelLayout.Pairs(Inputs) : Inputs;

    public bool IsInlined => Inputs * PanelLayout.Pad(Units) <= InlinedFloats;

    public bool IsStraightLine(int vectors) => Inputs * vectors <= StraightLine;

    /// <summary>Into how many partial sums each sum is cut: enough for so many vectors.</summary>
    public int ChainsFor(int vectors) => Math.Min(Inputs, Math.Max(1, SumsInFlight / vectors));
}

/// <summary>dw = steps(xᵀ·dy) over all samples: rows of dw are split into parts.</summary>
/// <param name="ChunkVectors">Vectors summed before the next tile, so few that what a tile reads of them stays near.</param>
/// <param name="AheadChunkVectors">The same where dy is fetched ahead, and need not stay near.</param>
internal sealed record KernelGradientPlan(
    int Inputs,
    int Units,
    int XStride,
    int DyStride,
    int ChunkVectors,
    int AheadChunkVectors,
    EquatableArray<ElementwiseStep> Steps,
    EquatableArray<Tile> Tiles) : KernelPlan
{
    public override int ComputedColumns => PanelLayout.Computed(Units);

    /// <summary>Whether dy may have padding that is not 0, so that dw's is cleared.</summary>
    public bool ClearsPadding { get; init; }

    /// <summary>Rows of a part: a multiple of every tile's rows, so that only the last part has a tail.</summary>
    public const int PartRows = 48;

    public int Parts => (Inputs + PartRows - 1) / PartRows;

    /// <summary>
    /// Whether a tile fetches dy's next columns ahead, one of their cache lines each: where they fill several, and there are tiles enough for
    /// all. The line after the one in use the processor fetches by itself.
    /// </summary>
    public bool FetchesAhead(Tile tile)
    {
        int lines = tile.Columns / PanelLayout.Width;
        return tile.Machine.Prefetches && lines > 1 && lines <= Math.Min(Inputs, PartRows) / tile.Rows && tile.Columns < PanelLayout.Pad(Units);
    }

    public int ChunkFor(Tile tile) => FetchesAhead(tile) ? AheadChunkVectors : ChunkVectors;
}

/// <summary>db = steps(Σ dy) over all samples.</summary>
/// <param name="PartialVectors">Vectors that are summed by themselves before they are added to the total.</param>
internal sealed record BatchSumPlan(
    int Units, int Stride, int PartialVectors, EquatableArray<ElementwiseStep> Steps, EquatableArray<Tile> Tiles) : KernelPlan;

/// <summary>Mean, variance and 1/√(variance + ε) of each unit over all samples.</summary>
/// <inheritdoc cref="BatchSumPlan"/>
internal sealed record BatchMomentsPlan(int Units, int Stride, int PartialVectors, float Epsilon, EquatableArray<Tile> Tiles) : KernelPlan;

/// <summary>The means of dy and dy·x̂ of each unit over all samples.</summary>
/// <inheritdoc cref="BatchSumPlan"/>
internal sealed record BatchProjectionsPlan(int Units, int Stride, int PartialVectors, EquatableArray<Tile> Tiles) : KernelPlan;

/// <summary>y = steps(x) over vectors of which <paramref name="Columns"/> are computed, <paramref name="Vectors"/> of them a sample.</summary>
internal sealed record ElementwisePlan(int Vectors, int Columns, int Stride, EquatableArray<ElementwiseStep> Steps) : KernelPlan
{
    public int Padded => PanelLayout.Pad(Columns);

    public override int ComputedColumns => Columns;
}

/// <summary>A function of whole vectors of <paramref name="Columns"/> values.</summary>
internal abstract record RowPlan(int Columns, int Stride) : KernelPlan
{
    /// <summary>The floats of a vector. What may lie between it and the next belongs to none.</summary>
    public int Padded => PanelLayout.Pad(Columns);
}

/// <summary>Softmax, or its logarithm.</summary>
internal sealed record SoftmaxPlan(int Columns, int Stride, bool Logarithm) : RowPlan(Columns, Stride);

/// <summary>The gradient of softmax, or of its logarithm.</summary>
internal sealed record SoftmaxGradientPlan(int Columns, int Stride, bool Logarithm) : RowPlan(Columns, Stride);

/// <summary>(x − mean)/√(variance + ε).</summary>
internal sealed record LayerStandardizePlan(int Columns, int Stride, float Epsilon) : RowPlan(Columns, Stride);

/// <summary>The gradient of <see cref="LayerStandardizePlan"/>.</summary>
internal sealed record LayerStandardizeGradientPlan(int Columns, int Stride, float Epsilon) : RowPlan(Columns, Stride);

/// <summary>The seam to the loss; <paramref name="HeadGradient"/> runs where the loss has no fused form for the head.</summary>
internal sealed record LossPlan(Activation? Head, KernelPlan? HeadGradient) : KernelPlan;

/// <summary>Panels of w [inputs, units] to panels of wᵀ.</summary>
internal sealed record TransposePlan(int Inputs, int Units) : KernelPlan
{
    /// <summary>The panels of wᵀ.</summary>
    public int Parts => PanelLayout.Panels(Inputs);
}

/// <summary>A function of the runtime for work too small to compile for its sizes.</summary>
/// <param name="Function">Its name: <c>VectorCopy.Repack</c>.</param>
/// <param name="Arguments">Those after the operands and the result (and, for samples, their number).</param>
internal sealed record CallPlan(string Function, EquatableArray<CallArgument> Arguments) : KernelPlan
{
    /// <summary>Into how many parts a sum over the batch is cut, where the function takes the samples and a part's number; else 0.</summary>
    public int Parts { get; init; }

    /// <summary>Whether it takes all values of a sample as one.</summary>
    public bool OfWholeSamples { get; init; }
}

/// <summary>Nothing to do: another name for the same memory.</summary>
internal sealed record ViewPlan : KernelPlan;
