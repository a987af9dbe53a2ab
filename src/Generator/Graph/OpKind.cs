using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>What an operation computes. Each kind's operands are listed in the order of <see cref="Op.Inputs"/>.</summary>
internal abstract record OpKind
{
    /// <summary>Whether the operation sums over the samples of the batch: its inputs must be complete for all of them.</summary>
    public virtual bool SumsOverBatch => false;

    /// <summary>Whether such a sum can go on from that of the samples before, so that not all need be there at once.</summary>
    public virtual bool Folds => false;

    /// <summary>Whether the operation runs for what it does, not for a value somebody reads, and how.</summary>
    public virtual Effect Effect => Effect.None;

    /// <summary>Whether the operation changes what the network remembers, once the step is known to be sound.</summary>
    public bool Commits => Effect == Effect.Commit;

    /// <summary>Whether the operation needs to know one sample's share in a mean over the batch.</summary>
    public virtual bool NeedsShare => false;

    /// <summary>Whether the operation draws random numbers, and is left out of inference.</summary>
    public virtual bool IsNoise => false;

    /// <summary>Whether the value is given to the network.</summary>
    public virtual bool IsInput => false;

    /// <summary>Whether the value is that of the operand, laid out otherwise.</summary>
    public virtual bool IsCopy => false;

    /// <summary>Whether the value has samples as lanes (<see cref="SampleLanes"/>).</summary>
    public virtual bool IsInLanes => false;

    /// <summary>Whether the value lasts from call to call, each of which continues it.</summary>
    public virtual bool IsLasting => false;

    /// <summary>Whether the way back begins here.</summary>
    public virtual bool BeginsGradient => false;

    /// <summary>Places in memory that the operation has beside that of its value.</summary>
    public virtual IEnumerable<OpMemory> Memory => [];

    /// <summary>Whether a result of this shape can come of operands of these; those of elementwise steps are left out.</summary>
    public virtual bool Accepts(Shape result, IReadOnlyList<Shape> operands) => false;

    /// <summary>Adds to the graph what the operands receive, given the gradient of the result.</summary>
    public virtual void Differentiate(GradientTape tape, Op op, Op dy) =>
        throw new InvalidOperationException($"no gradient rule for {GetType().Name}");

    /// <summary>The same for an operation whose values others give: it asks them for their gradients.</summary>
    public virtual void DifferentiateValues(GradientTape tape, Op op)
    {
    }
}

/// <summary>A place in memory that is no operation's value.</summary>
/// <param name="Id">Unique among these and the operations of a graph.</param>
/// <param name="Name">What it holds.</param>
internal sealed record OpMemory(int Id, string Name);

/// <summary>An operation over whose result elementwise steps can run before it is stored.</summary>
internal abstract record FusableOp(EquatableArray<ElementwiseStep> Steps) : OpKind
{
    /// <summary>The operands of the operation itself; those of the steps follow.</summary>
    public abstract int OwnInputs { get; }
}

/// <summary>One of the values given to the network: input number <c>Index</c>.</summary>
internal sealed record InputOp(int Index) : OpKind
{
    public override bool IsInput => true;
}

/// <summary>A trainable parameter.</summary>
internal sealed record ParameterOp(ParameterSpec Parameter) : OpKind;

/// <summary>y[v, u] = Σₖ x[v, k]·w[k, u] for each vector v. Operands: x, w.</summary>
internal sealed record ProductOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override int OwnInputs => 2;
}

/// <summary>dw[k, u] = Σᵥ x[v, k]·dy[v, u] over all vectors of the batch. Operands: x, dy.</summary>
internal sealed record KernelGradientOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    /// <summary>Whether dy may have padding that is not 0, so that dw's is cleared.</summary>
    public bool ClearsPadding { get; init; }

    public override int OwnInputs => 2;

    public override bool SumsOverBatch => true;

    public override bool Folds => true;
}

/// <summary>
/// The sum of dy over the batch. Operand: dy. A result as large as a sample sums over samples, one as large as a vector over all vectors.
/// </summary>
internal sealed record BatchSumOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override int OwnInputs => 1;

    public override bool SumsOverBatch => true;

    public override bool Folds => true;
}

/// <summary>Elementwise steps over a stored value. Operand: x.</summary>
internal sealed record ElementwiseOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    /// <summary>The step of an operation that has one, as all have before they are fused.</summary>
    public ElementwiseStep? OnlyStep => Steps.Count == 1 ? Steps[0] : null;

    public override bool IsNoise => OnlyStep is { IsNoise: true };

    public override int OwnInputs => 1;
}

/// <summary>wᵀ of a kernel w. Operand: w.</summary>
internal sealed record TransposeOp : OpKind;

/// <summary>The same elements in another shape, row-major, or as other numbers of values a sample. Operand: x.</summary>
internal sealed record ReshapeOp : OpKind;

/// <summary>The same elements with every vector padded to whole SIMD vectors. Operand: x.</summary>
internal sealed record RepackOp : OpKind
{
    public override bool IsCopy => true;
}

/// <summary>Softmax over the last axis. Operand: x.</summary>
internal sealed record SoftmaxOp : OpKind;

/// <summary>dx = y·(dy − Σ y·dy). Operands: y, dy.</summary>
internal sealed record SoftmaxGradientOp : OpKind;

/// <summary>y = x − ln Σ e^x over the last axis. Operand: x.</summary>
internal sealed record LogSoftmaxOp : OpKind;

/// <summary>dx = dy − e^y·Σ dy. Operands: y, dy.</summary>
internal sealed record LogSoftmaxGradientOp : OpKind;

/// <summary>(x − mean)/√(variance + ε) of each vector. Operand: x.</summary>
internal sealed record LayerStandardizeOp(float Epsilon) : OpKind;

/// <summary>The gradient of <see cref="LayerStandardizeOp"/>. Operands: x, x̂, dx̂.</summary>
internal sealed record LayerStandardizeGradientOp(float Epsilon) : OpKind;

/// <summary>w[k, u]·a[0, u]. Operands: w, affine.</summary>
internal sealed record ScaleKernelColumnsOp : OpKind;

/// <summary>b[u]·a[0, u] + a[1, u]. Operands: affine, then b where present.</summary>
internal sealed record ScaleBiasOp : OpKind;

/// <summary>a[0, c]·w[k, u], c being the channel of row k, at each tap of a window the same. Operands: w, affine.</summary>
internal sealed record ScaleKernelRowsOp : OpKind;

/// <summary>b[u] + Σₖ a[1, c]·w[k, u], c being the channel of row k. Operands: w, affine, then b where present.</summary>
internal sealed record ShiftBiasOp : OpKind;

/// <summary>Axes in another order; axis i of the result is axis Axes[i] of the operand. Operand: x.</summary>
internal sealed record PermuteOp(EquatableArray<int> Axes) : OpKind;

/// <summary>[n] to [count, n]. Operand: x.</summary>
internal sealed record RepeatOp : OpKind;

/// <summary>[count, n] to [n]: the sum of the rows. Operand: x.</summary>
internal sealed record SumRowsOp : OpKind;

/// <summary>Axes of size 1, and missing first ones, repeated to the size of the result's. Operand: x.</summary>
internal sealed record BroadcastOp : OpKind;

/// <summary>The sums over the axes that a <see cref="BroadcastOp"/> repeated. Operand: x.</summary>
internal sealed record SumBroadcastOp : OpKind;

/// <summary>Both operands one after the other along an axis. Operands: a, b.</summary>
internal sealed record ConcatenateOp(int Axis) : OpKind;

/// <summary>What lies from <c>Start</c> on along an axis, as much as the result holds. Operand: x.</summary>
internal sealed record SliceOp(int Axis, int Start) : OpKind;

/// <summary>y[m, n] = Σₖ a[m, k]·b[n, k]. Operands: a, b.</summary>
internal sealed record DotOp : OpKind;

/// <summary>x/max(‖x‖₂, least) of each vector. Operand: x.</summary>
internal sealed record UnitNormalizeOp(float Least = 1e-7f) : OpKind;

/// <summary>The gradient of <see cref="UnitNormalizeOp"/>. Operands: x, y, dy.</summary>
internal sealed record UnitNormalizeGradientOp(float Least) : OpKind;

/// <summary>[1]: l1·Σ|x| + l2·Σx² of each sample. Operand: x.</summary>
internal sealed record ActivityPenaltyOp(Penalty Penalty) : OpKind
{
    public override Effect Effect => Effect.Penalty;
}

/// <summary>(l1·sign(x) + 2·l2·x)/samples of the batch. Operand: x, whose padding need not be 0.</summary>
internal sealed record ActivityPenaltyGradientOp(Penalty Penalty) : OpKind
{
    public override bool NeedsShare => true;
}

/// <summary>
/// The seam to the loss chosen at run time. Without a head: ∂loss/∂output; operand: output. With a head: ∂loss/∂logits, in the fused
/// form where the loss has one; operands: output, logits. Where steps may be masked, their mask and its <see cref="MaskWeightOp"/> follow.
/// </summary>
/// <param name="Output">Which output of the network the loss is of.</param>
internal sealed record LossOp(Activation? Head, int Output) : OpKind
{
    /// <summary>The operands before the mask.</summary>
    public int Values => Head is null ? 1 : 2;

    public override bool BeginsGradient => true;
}
