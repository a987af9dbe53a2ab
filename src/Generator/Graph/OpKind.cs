using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>What an operation computes. Each kind's operands are listed in the order of <see cref="Op.Inputs"/>.</summary>
internal abstract record OpKind
{
    /// <summary>Whether the operation sums over the samples of the batch: its inputs must be complete for all of them.</summary>
    public virtual bool SumsOverBatch => false;
}

/// <summary>An operation over whose result elementwise steps can run before it is stored.</summary>
internal abstract record FusableOp(EquatableArray<ElementwiseStep> Steps) : OpKind
{
    /// <summary>The operands of the operation itself; those of the steps follow.</summary>
    public abstract int OwnInputs { get; }
}

/// <summary>The samples given to the network.</summary>
internal sealed record InputOp : OpKind;

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
    public override int OwnInputs => 2;

    public override bool SumsOverBatch => true;
}

/// <summary>db[u] = Σᵥ dy[v, u] over all vectors of the batch. Operand: dy.</summary>
internal sealed record BatchSumOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    public override int OwnInputs => 1;

    public override bool SumsOverBatch => true;
}

/// <summary>Elementwise steps over a stored value. Operand: x.</summary>
internal sealed record ElementwiseOp(EquatableArray<ElementwiseStep> Steps) : FusableOp(Steps)
{
    /// <summary>The step of an operation that has one, as all have before they are fused.</summary>
    public ElementwiseStep? OnlyStep => Steps.Count == 1 ? Steps[0] : null;

    public override int OwnInputs => 1;
}

/// <summary>wᵀ of a kernel w. Operand: w.</summary>
internal sealed record TransposeOp : OpKind;

/// <summary>The same elements in another shape, row-major. Operand: x.</summary>
internal sealed record ReshapeOp : OpKind;

/// <summary>The same elements with every vector padded to whole SIMD vectors. Operand: x.</summary>
internal sealed record RepackOp : OpKind;

/// <summary>Softmax over the last axis. Operand: x.</summary>
internal sealed record SoftmaxOp : OpKind;

/// <summary>dx = y·(dy − Σ y·dy). Operands: y, dy.</summary>
internal sealed record SoftmaxGradientOp : OpKind;

/// <summary>
/// The seam to the loss chosen at run time. Without a head: ∂loss/∂output; operand: output. With a head: ∂loss/∂logits, in the fused
/// form where the loss has one; operands: output, logits.
/// </summary>
internal sealed record LossOp(Activation? Head) : OpKind;
