using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Writes one kind of kernel: one method a machine, all of the same signature.</summary>
internal abstract class KernelEmitter
{
    /// <summary>The arguments, the same on every machine.</summary>
    public abstract IReadOnlyList<KernelParameter> Parameters { get; }

    /// <summary>The formula, for the comment over the kernel.</summary>
    public abstract string Formula { get; }

    /// <summary>How this machine's tile looks, for the same comment; empty where there is none.</summary>
    public virtual string TileText(SimdTarget target) => "";

    /// <summary>Whether the method is to become part of its caller.</summary>
    public virtual bool IsInlined => false;

    public abstract void WriteBody(CodeWriter writer, SimdTarget target);

    public void Write(CodeWriter writer, SimdTarget target, string name)
    {
        writer.Comment(Formula);
        string tile = TileText(target);
        if (tile.Length > 0)
        {
            writer.Comment(tile);
        }

        string parameters = string.Join(", ", Parameters.Select(static parameter => parameter.Declaration));
        writer.Line($"[MethodImpl({(IsInlined ? "AggressiveInlining" : "AggressiveOptimization")})]");
        using (writer.Block($"public static void {name}({parameters})"))
        {
            WriteBody(writer, target);
        }
    }

    public static KernelEmitter For(KernelPlan plan) => plan switch
    {
        ProductPlan product => new ProductKernel(product),
        TransposedProductPlan product => new TransposedProductKernel(product),
        LaneProductPlan product => new LaneProductKernel(product),
        SingleProductPlan product => new SingleProductKernel(product),
        KernelGradientPlan gradient => new KernelGradientKernel(gradient),
        ConvolutionPlan convolution => new ConvolutionKernel(convolution),
        ConvolutionKernelGradientPlan gradient => new ConvolutionKernelGradientKernel(gradient),
        DepthwisePlan depthwise => new DepthwiseKernel(depthwise),
        DepthwiseKernelGradientPlan gradient => new DepthwiseKernelGradientKernel(gradient),
        PoolPlan pool => new PoolKernel(pool),
        PoolGradientPlan pool => new PoolGradientKernel(pool),
        GlobalPoolPlan pool => new GlobalPoolKernel(pool),
        GlobalPoolGradientPlan pool => new GlobalPoolGradientKernel(pool),
        LanePlan lanes => new LaneKernel(lanes),
        CellStepPlan step => new CellStepKernel(step),
        HeadProductPlan product => new HeadProductKernel(product),
        BatchSumPlan sum => new BatchSumKernel(sum),
        BatchMomentsPlan moments => new BatchMomentsKernel(moments),
        BatchProjectionsPlan projections => new BatchProjectionsKernel(projections),
        LayerStandardizePlan standardize => new LayerStandardizeKernel(standardize),
        LayerStandardizeGradientPlan standardize => new LayerStandardizeGradientKernel(standardize),
        ElementwisePlan elementwise => new ElementwiseKernel(elementwise),
        SoftmaxPlan softmax => new SoftmaxKernel(softmax),
        SoftmaxGradientPlan gradient => new SoftmaxGradientKernel(gradient),
        _ => throw new InvalidOperationException($"no emitter for {plan.GetType().Name}"),
    };
}
