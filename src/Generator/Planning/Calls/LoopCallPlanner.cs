using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning.Calls;

/// <summary>Plans the calls of a loop and of what reads it.</summary>
/// <param name="reference">From a value, and how far into each sample, to a reference to it.</param>
/// <param name="samples">How many samples there are.</param>
internal sealed class LoopCallPlanner(OpGraph graph, BufferPlan buffers, Func<int, Offset, CallArgument> reference, Offset samples)
{
    /// <summary>The parameter of a step of a stream that says whether it is every other one.</summary>
    public const string StreamTurn = "isOdd";

    private static readonly Offset s_step = Offset.Variable("t");
    private static readonly Offset s_begin = Offset.Variable("begin");
    private static readonly Offset s_end = Offset.Variable("end");

    /// <summary>The loop, behind what sets its state before the first step.</summary>
    public Statement Plan(Op op, LoopBody body, LoopPlan plan)
    {
        var memory = new LoopMemory(graph, op, body);
        Call[] start = body.IsResumed ? [] : [.. memory.Owned.Where(slot => body.Slots[slot].Kind == LoopSlotKind.Carried).Select(slot => Begin(op, body, memory, slot))];
        Call[] each =
        [
            .. body.Cell.Zip(plan.Cell, (step, kernel) => (Step: step, Kernel: kernel)).Where(static pair => pair.Kernel is not ViewPlan)
                .Select(pair => CallOf(op, body, memory, pair.Step, pair.Kernel)),
        ];
        if (body.Idle is null)
        {
            return new Loop(body.Steps, body.IsReversed, Idle: null, start.ToEquatableArray(), each.ToEquatableArray(), After: default);
        }

        Call[] before = [.. Bounds(op, body, body.Idle), .. start, .. memory.Kept.Select(slot => Skip(body.Slots[slot], body))];
        IEnumerable<Call> after = memory.Kept.Where(slot => body.Slots[slot].Kind == LoopSlotKind.Carried).Select(slot => SkipRest(body.Slots[slot], body));
        return new Loop(body.Steps, body.IsReversed, Left(op, body, body.Idle, memory), before.ToEquatableArray(), each.ToEquatableArray(), after.ToEquatableArray());
    }

    // The steps that count for any of the samples, and all between them.
    private IEnumerable<Call> Bounds(Op op, LoopBody body, IdleSteps idle)
    {
        int mask = op.Inputs[body.Slots[idle.Mask].Operand];
        yield return Library(
            "StepMask.Range",
            reference(mask, 0),
            samples,
            body.Steps,
            buffers[mask].SampleStride,
            new CallArgument.Local("begin", IsNew: true),
            new CallArgument.Local("end", IsNew: true));
        foreach (int slot in idle.Added)
        {
            int added = op.Inputs[body.Slots[slot].Operand];
            yield return Library(
                "StepMask.Widen",
                reference(added, 0),
                samples,
                body.Steps,
                body.Slots[slot].Columns,
                buffers[added].Stride,
                buffers[added].SampleStride,
                new CallArgument.Local("begin", IsNew: false),
                new CallArgument.Local("end", IsNew: false));
        }
    }

    // Steps between them that count for no sample.
    private IdleCalls Left(Op op, LoopBody body, IdleSteps idle, LoopMemory memory) => new(
        idle.Added.Prepend(idle.Mask).Select(slot =>
        {
            ValueBuffer x = LoopMemory.BufferOf(body.Slots[slot], op, buffers);
            return Library("SampleRows.IsZero", At(op, body, memory, slot, isWritten: false), samples, body.Slots[slot].Columns, x.SampleStride);
        }).ToEquatableArray(),
        memory.Kept.Select(slot => SkipStep(op, body, memory, slot)).ToEquatableArray());

    // The state stays what it is; what reads all steps finds zeros.
    private Call SkipStep(Op op, LoopBody body, LoopMemory memory, int number)
    {
        LoopSlot slot = body.Slots[number];
        Offset written = memory.RowOf(number, isWritten: true, s_step);
        return slot.Kind == LoopSlotKind.Carried
            ? Repeat(slot, memory.RowOf(number, isWritten: false, s_step), written, written + 1)
            : Library("SampleRows.Clear", At(op, body, memory, number, isWritten: true), samples, PanelLayout.Pad(slot.Columns), buffers[slot.Id].SampleStride);
    }

    // The state of the steps that the loop leaves out before its first, which is as it was; of the rest, what reads all steps finds zeros.
    private Call Skip(LoopSlot slot, LoopBody body)
    {
        ValueBuffer y = buffers[slot.Id];
        return slot.Kind != LoopSlotKind.Carried
            ? Library("SampleRows.ClearOutside", reference(slot.Id, 0), samples, body.Steps, y.Stride, y.SampleStride, s_begin, s_end)
            : body.IsReversed ? Repeat(slot, body.Steps, s_end, body.Steps) : Repeat(slot, 0, 1, s_begin + 1);
    }

    // The state of those that it leaves out behind its last.
    private Call SkipRest(LoopSlot slot, LoopBody body) =>
        body.IsReversed ? Repeat(slot, s_begin, 0, s_begin) : Repeat(slot, s_end, s_end + 1, body.Steps + 1);

    private Call Repeat(LoopSlot slot, Offset row, Offset first, Offset end)
    {
        ValueBuffer y = buffers[slot.Id];
        return Library("SampleRows.Repeat", reference(slot.Id, 0), samples, PanelLayout.Pad(y.Columns), y.Stride, y.SampleStride, row, first, end);
    }

    /// <summary>The copy of a carried slot's states, or of the last one.</summary>
    public Statement Plan(Op op, LoopValueOp value)
    {
        Op loop = graph[op.Inputs[0]];
        LoopBody body = ((LoopOp)loop.Kind).Body;
        var memory = new LoopMemory(graph, loop, body);
        LoopSlot slot = body.Slots[value.Slot];
        int first = value is LoopStatesOp states ? memory.RowOf(value.Slot, states.IsAfter, 0).Constant : memory.LastRow(value.Slot);
        return Copy(reference(slot.Id, first * buffers[slot.Id].Stride), buffers[slot.Id], reference(op.Id, 0), buffers[op.Id], op.Shape.Vectors);
    }

    private Call Begin(Op op, LoopBody body, LoopMemory memory, int number)
    {
        LoopSlot slot = body.Slots[number];
        ValueBuffer y = buffers[slot.Id];
        CallArgument first = reference(slot.Id, memory.FirstRow(number) * y.Stride);
        return slot.Operand >= 0
            ? Copy(reference(op.Inputs[slot.Operand], 0), buffers[op.Inputs[slot.Operand]], first, y, rows: 1)
            : Library("SampleRows.Clear", first, samples, PanelLayout.Pad(slot.Columns), y.SampleStride);
    }

    private Call Copy(CallArgument from, ValueBuffer x, CallArgument to, ValueBuffer y, int rows) => Library(
        "SampleRows.Copy", from, to, samples, rows, PanelLayout.Pad(y.Columns), x.Stride, x.SampleStride, y.Stride, y.SampleStride);

    private Call CallOf(Op op, LoopBody body, LoopMemory memory, CellStep step, KernelPlan kernel) => new(
        new CallTarget.Kernel(kernel),
        (step switch
        {
            CellProduct product => (CallArgument[])
            [
                .. Factors(op, body, memory, product),
                .. product.IsAdded ? [At(op, body, memory, product.Y, isWritten: true)] : (CallArgument[])[],
                At(op, body, memory, product.Y, isWritten: true),
                .. kernel is not SingleProductPlan single ? [samples] : single.TakesTurns ? [IsOdd(body)] : (CallArgument[])[],
            ],
            CellLanes lanes when kernel is CellStepPlan => [.. Factors(op, body, memory, (CellProduct)body.Cell[0]), .. Accesses(op, body, memory, lanes)],
            CellLanes lanes =>
            [
                .. Accesses(op, body, memory, lanes),
                samples,
            ],
            _ => throw new InvalidOperationException($"no call of {step}"),
        }).ToEquatableArray());

    // Every other step.
    private static CallArgument IsOdd(LoopBody body) => body.IsResumed ? new CallArgument.Flag(StreamTurn) : new CallArgument.IsOdd(s_step);

    private IEnumerable<CallArgument> Factors(Op op, LoopBody body, LoopMemory memory, CellProduct product) =>
    [
        At(op, body, memory, product.X, isWritten: false),
        reference(op.Inputs[product.Weights], 0),
        .. product.Bias >= 0 ? [reference(op.Inputs[product.Bias], 0)] : (CallArgument[])[],
    ];

    private IEnumerable<CallArgument> Accesses(Op op, LoopBody body, LoopMemory memory, CellLanes lanes) =>
        LoopPlanner.AccessesOf(memory, lanes).Select(access => At(op, body, memory, lanes.Slots[access.Operand], access.IsWritten));

    private CallArgument At(Op op, LoopBody body, LoopMemory memory, int number, bool isWritten)
    {
        LoopSlot slot = body.Slots[number];
        int stride = slot.Kind == LoopSlotKind.Scalar ? 1 : LoopMemory.BufferOf(slot, op, buffers).Stride;
        int value = slot.Kind is LoopSlotKind.Local or LoopSlotKind.Carried ? slot.Id : op.Inputs[slot.Operand];
        return reference(value, memory.RowOf(number, isWritten, body.Steps == 1 ? 0 : s_step) * stride);
    }

    private static Call Library(string function, params CallArgument[] arguments) => new(new CallTarget.Library(function), arguments.ToEquatableArray());
}
