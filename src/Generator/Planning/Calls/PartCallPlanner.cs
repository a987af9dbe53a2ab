using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning.Calls;

/// <summary>
/// Plans the calls of a phase whose work is shared by parts of the results: each works on all samples that are there, or on parameters alone.
/// </summary>
internal sealed class PartCallPlanner(OpGraph graph, BufferPlan buffers, IReadOnlyDictionary<int, KernelPlan> kernels)
{
    /// <summary>What the training step calls it that sums go on from those of the samples before.</summary>
    public const string GoesOn = "GoesOn";

    /// <summary>The number of a part, which counts from 0 in each operation.</summary>
    public const string Part = "part";

    /// <summary>The number of samples that are there.</summary>
    public const string SamplesThere = "samplesThere";

    private const string Ends = "Ends";

    private static readonly Offset s_part = Offset.Variable(Part);
    private static readonly Offset s_samples = Offset.Variable(SamplesThere);

    public PlannedStatement Plan(Op op)
    {
        CallArgument[] operands = [.. op.Inputs.Select(Reference), Reference(op.Id)];
        return kernels[op.Id] switch
        {
            KernelGradientPlan gradient when MaskedRows.MaskOf(graph, op) is int mask => new PlannedStatement(PlanRuns(op, gradient, mask), gradient.Parts),
            KernelGradientPlan gradient => new PlannedStatement(
                new Call(new CallTarget.Kernel(gradient), Arguments([.. operands, VectorsOf(op), .. FoldOf(gradient.Steps), .. RowsOf(gradient)])),
                gradient.Parts),
            ConvolutionKernelGradientPlan { Parts: 1 } gradient => new PlannedStatement(
                new Call(new CallTarget.Kernel(gradient), Arguments([.. operands, ValuesOf(op), .. FoldOf(gradient.Steps)])), Parts: 1),
            ConvolutionKernelGradientPlan gradient => OfParts(gradient, gradient.Parts, [.. operands, ValuesOf(op), .. FoldOf(gradient.Steps)]),
            DepthwiseKernelGradientPlan gradient => OfParts(gradient, gradient.Parts, [.. operands, ValuesOf(op), .. FoldOf(gradient.Steps)]),
            BatchSumPlan sum => new PlannedStatement(
                new Call(new CallTarget.Kernel(sum), Arguments([.. operands, VectorsOf(op), .. FoldOf(sum.Steps)])), Parts: 1),
            KernelPlan plan and (ElementwisePlan or ProductPlan or TransposedProductPlan) => new PlannedStatement(
                new Call(new CallTarget.Kernel(plan), Arguments([.. operands, op.Shape.Vectors])), Parts: 1),
            TransposePlan transpose => new PlannedStatement(
                new Call(new CallTarget.Library("PanelTranspose.Run"), Arguments([.. operands, transpose.Inputs, transpose.Units, transpose.Parts == 1 ? 0 : s_part])),
                transpose.Parts),

            CallPlan { Parts: > 0 } sum => new PlannedStatement(
                new Call(
                    new CallTarget.Library(sum.Function), Arguments([.. operands, ValuesOf(op), .. sum.Arguments, s_part])),
                sum.Parts),

            // What changes its operands has no result of its own.
            CallPlan call => new PlannedStatement(
                new Call(
                    new CallTarget.Library(call.Function),
                    Arguments([.. op.Kind.Commits ? operands.Take(op.Inputs.Count) : operands, .. call.Arguments])),
                Parts: 1),
            KernelPlan plan => new PlannedStatement(new Call(new CallTarget.Kernel(plan), Arguments([.. operands, VectorsOf(op)])), Parts: 1),
        };
    }

    // The rows that count, and short runs of others between them.
    private Runs PlanRuns(Op op, KernelGradientPlan gradient, int mask) => new(
        Runs.NextOf(
            "StepMask.NextSum", Reference(mask), ValuesOf(op), buffers[op.Inputs[1]].Vectors, buffers[mask].SampleStride),
        new Call(
            new CallTarget.Kernel(gradient),
            Arguments(
            [
                At(op.Inputs[0], Runs.Row * gradient.XStride),
                At(op.Inputs[1], Runs.Row * gradient.DyStride),
                Reference(op.Id),
                Runs.Rows,
                Runs.GoesOn,
                .. RowsOf(gradient),
            ])),
        AddsUp: true);

    // The kernel itself knows what belongs to a part.
    private static PlannedStatement OfParts(KernelPlan plan, int parts, CallArgument[] arguments) => new(
        new Call(new CallTarget.Kernel(plan), Arguments([.. arguments, s_part])), parts);

    private static IEnumerable<CallArgument> FoldOf(EquatableArray<ElementwiseStep> steps) => steps.Count == 0
        ? [new CallArgument.OfStep(GoesOn)]
        : [new CallArgument.OfStep(GoesOn), new CallArgument.OfStep(Ends)];

    private CallArgument Reference(int id) => At(id, 0);

    private CallArgument At(int id, Offset within) => new CallArgument.Buffer(id, buffers[id].Place, within);

    // A sum as large as a sample takes each sample as one long vector.
    private CallArgument VectorsOf(Op op)
    {
        int vectors = kernels[op.Id] is BatchSumPlan && op.Shape.Vectors > 1 ? 1 : buffers[op.Inputs[0]].Vectors;
        return ValuesOf(op) * vectors;
    }

    // What the first operand has of all samples that are there.
    private Offset ValuesOf(Op op) => s_samples * buffers[op.Inputs[0]].PerSample;

    private static CallArgument[] RowsOf(KernelGradientPlan plan)
    {
        if (plan.Parts == 1)
        {
            return [];
        }

        Offset first = s_part * KernelGradientPlan.PartRows;
        return [first, new CallArgument.Least(first + KernelGradientPlan.PartRows, plan.Inputs)];
    }

    private static EquatableArray<CallArgument> Arguments(params CallArgument[] arguments) => arguments.ToEquatableArray();
}
