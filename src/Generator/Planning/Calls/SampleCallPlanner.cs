using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning.Calls;

/// <summary>Plans the calls of a phase whose work is shared by samples: each works on some samples of one block, or on the only one there is.</summary>
internal sealed class SampleCallPlanner(OpGraph graph, BufferPlan buffers, IReadOnlyDictionary<int, KernelPlan> kernels)
{
    private static readonly Offset s_first = Offset.Variable("first");
    private static readonly CallArgument s_groups = new CallArgument.Groups(Offset.Variable("samples"), SampleLanes.Group);

    private readonly IReadOnlyDictionary<int, int> _clocks = Clocks.Of(graph);
    private readonly Offset _samples = buffers.BlockSamples == 1 ? 1 : Offset.Variable("samples");

    /// <returns>Null where there is nothing to do.</returns>
    public Statement? Plan(Op op)
    {
        Statement? statement = PlanAlways(op);
        return statement is not null && _clocks.TryGetValue(op.Id, out int clock)
            ? new When(new Call(new CallTarget.Library("StreamClock.Ticks"), Arguments(Reference(clock))), statement)
            : statement;
    }

    private Statement? PlanAlways(Op op)
    {
        int perSample = op.PerSample;
        int vectors = buffers[op.Id].Vectors * perSample;
        CallArgument count = buffers[op.Id].Layout.Arrangement == Arrangement.Lanes ? s_groups : _samples * vectors;
        CallArgument[] operands = [.. op.Inputs.Select(id => Reference(id)), Reference(op.Id)];
        return kernels[op.Id] switch
        {
            ViewPlan => null,
            LoopPlan loop => Loops(op).Plan(op, ((LoopOp)op.Kind).Body, loop),
            CallPlan when op.Kind is LoopValueOp value => Loops(op).Plan(op, value),
            LossPlan loss => PlanLoss(op, loss, count),
            CallPlan call => new Call(
                new CallTarget.Library(call.Function),
                Arguments([.. operands, call.OfWholeSamples ? _samples : _samples * perSample, .. call.Arguments, .. ShareOf(op), .. DrawOf(op)])),
            ProductPlan product when MaskedRows.MaskOf(graph, op) is int mask => PlanRuns(op, product, mask),
            SingleProductPlan single => new Call(new CallTarget.Kernel(single), Arguments(operands)),
            KernelPlan plan => new Call(new CallTarget.Kernel(plan), Arguments([.. operands, plan.TakesSamples ? _samples * perSample : count, .. NoiseOf(op, vectors), .. RowsOf(plan)])),
        };
    }

    private LoopCallPlanner Loops(Op op) => new(graph, buffers, Reference, _samples * op.PerSample);

    private CallArgument Reference(int id) => Reference(id, 0);

    // So many floats behind the beginning of each value.
    private CallArgument Reference(int id, Offset within)
    {
        ValueBuffer buffer = buffers[id];

        // In training some samples of the block from local on, elsewhere its first.
        bool isShifted = buffers.HasRoom && buffer.Place == MemoryPlace.Block;
        Offset place = isShifted ? Offset.Variable("local") * buffer.SampleFloats : buffer.Place == MemoryPlace.Caller ? buffer.Offset : 0;
        return new CallArgument.Buffer(id, buffer.Place, place + within);
    }

    // The rows that count, and short runs of others between them.
    private Runs PlanRuns(Op op, ProductPlan product, int mask)
    {
        Offset row = Runs.Row;
        Call next = Runs.NextOf(
            "StepMask.NextRun", Reference(mask), Reference(op.Id), _samples, buffers[op.Id].Vectors, buffers[mask].SampleStride, product.YStride);
        IEnumerable<CallArgument> constants = op.Inputs.Skip(1).Select(id => Reference(id));
        return new Runs(
            next,
            new Call(
                new CallTarget.Kernel(product),
                Arguments([Reference(op.Inputs[0], row * product.XStride), .. constants, Reference(op.Id, row * product.YStride), Runs.Rows])),
            AddsUp: false);
    }

    private Statement PlanLoss(Op op, LossPlan loss, CallArgument count)
    {
        CallArgument output = Reference(op.Inputs[0]);
        CallArgument gradient = Reference(op.Id);
        int index = ((LossOp)op.Kind).Output;
        CallArgument[] mask = [.. op.Inputs.Skip(((LossOp)op.Kind).Values).Select(id => Reference(id))];
        var plain = new Call(new CallTarget.OfStep("EvaluateLoss"), Arguments([index, output, gradient, .. mask, s_first, _samples]));
        if (loss.HeadGradient is null)
        {
            return plain;
        }

        CallArgument[] order = loss.HeadGradient is SoftmaxGradientPlan ? [output, gradient] : [gradient, output];
        return new HeadChoice(
            index,
            new Call(
                new CallTarget.OfStep("EvaluateLossAtLogits"),
                Arguments([index, Reference(op.Inputs[1]), output, gradient, .. mask, s_first, _samples])),
            EquatableArray.Of(plain, new Call(new CallTarget.Kernel(loss.HeadGradient), Arguments([.. order, gradient, count]))));
    }

    private static CallArgument[] RowsOf(KernelPlan plan) => plan is ConvolutionPlan { TakesRows: true } convolution ? [0, convolution.Geometry.Y.Rows] : [];

    private static CallArgument[] ShareOf(Op op) => op.Kind.NeedsShare ? [new CallArgument.OfStep("Share")] : [];

    private static CallArgument[] DrawOf(Op op) => op.Kind.IsNoise ? [new CallArgument.OfStep("Noise"), s_first * op.PerSample] : [];

    private static CallArgument[] NoiseOf(Op op, int vectors) => op.Kind is FusableOp fusable && fusable.Steps.Any(static step => step.IsNoise)
        ? [new CallArgument.OfStep("Noise"), s_first * vectors]
        : [];

    private static EquatableArray<CallArgument> Arguments(params CallArgument[] arguments) => arguments.ToEquatableArray();
}
