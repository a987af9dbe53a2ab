using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>
/// Chooses the layout of every value of a graph, and of the slots of its loops: vectors padded as kernels load them, or packed as the caller
/// has them, panels, lanes, and whether it is another's memory seen otherwise.
/// </summary>
internal sealed class LayoutPlanner
{
    private readonly OpGraph _graph;
    private readonly bool _inputFromCaller;
    private readonly Dictionary<int, Layout> _layouts = [];

    private LayoutPlanner(OpGraph graph, bool inputFromCaller)
    {
        _graph = graph;
        _inputFromCaller = inputFromCaller;
    }

    /// <param name="graph">The operations.</param>
    /// <param name="inputFromCaller">Whether the input is read where the caller has it, or copied into the block.</param>
    /// <returns>The layouts by the ids of operations and slots.</returns>
    public static IReadOnlyDictionary<int, Layout> Plan(OpGraph graph, bool inputFromCaller)
    {
        var planner = new LayoutPlanner(graph, inputFromCaller);
        foreach (Op op in graph.Ops)
        {
            planner._layouts.Add(op.Id, planner.LayoutOf(op));
        }

        return planner._layouts;
    }

    private Layout LayoutOf(Op op)
    {
        if (op.Scope == OpScope.Step)
        {
            return Of(op, PanelLayout.Pad(op.Shape.Last));
        }

        switch (op.Kind)
        {
            case LoopOp { Body: var body }:
                AddSlots(op, body);
                return Of(op, PanelLayout.RowStride(op.Shape));
            case LoopValueOp value when IsView(op, value):
                int slot = value.SlotIn(_graph, op);
                return _layouts[slot] with { Shows = slot };
            case InputOp:
                // As the caller has it; repacked for whoever loads vectors, unless it lies as a block would have it already.
                return Of(op, InputStride(op));
            default:
                return Of(op, IsPacked(op.Id) ? op.Shape.Last : PanelLayout.RowStride(op.Shape)) with { Shows = IsView(op) ? op.Inputs[0] : null };
        }
    }

    private Layout Of(Op op, int stride) => new(op.Shape.Vectors, op.Shape.Last, stride)
    {
        Arrangement = op.Kind.ArrangementOf(op.Inputs.Count > 0 ? _layouts[op.Inputs[0]].Arrangement : Arrangement.Vectors),
        PerSample = op.PerSample,
    };

    private void AddSlots(Op op, LoopBody body)
    {
        var memory = new LoopMemory(_graph, op, body);
        foreach (int number in memory.Owned)
        {
            LoopSlot slot = body.Slots[number];

            // What a stream carries to its next step is one row.
            int rows = body.IsResumed && slot.Kind == LoopSlotKind.Carried ? 1 : memory.RowsOf(number);
            _layouts.Add(slot.Id, new Layout(rows, slot.Columns, PanelLayout.RowStride(Shape.Of(rows, slot.Columns))) { PerSample = op.PerSample });
        }
    }

    private int InputStride(Op input)
    {
        if (_inputFromCaller)
        {
            return input.Shape.Last;
        }

        // What a reshape shows in another form lies without gaps.
        bool isReshaped = _graph.Ops.Any(op => op.Kind is ReshapeOp && op.Inputs[0] == input.Id);
        bool fillsLines = input.Shape.Last % PanelLayout.Width == 0;
        return fillsLines && !isReshaped ? PanelLayout.RowStride(input.Shape) : input.Shape.Last;
    }

    /// <summary>Whether an operation leaves every element where it is. An output does not: it is read from a block, never from the caller.</summary>
    private bool IsView(Op op) => op.Kind switch
    {
        ReshapeOp => IsPacked(op.Inputs[0]) || (SampleFloats(_graph[op.Inputs[0]]) == SampleFloats(op)
            && (KeepsVectors(op, _graph[op.Inputs[0]]) || (HasNoInnerPadding(_graph[op.Inputs[0]]) && HasNoInnerPadding(op)))),
        WhenOp => true,
        RepackOp => PackedStride(_graph[op.Inputs[0]]) == PanelLayout.RowStride(op.Shape) && !_graph.IsRoot(op.Id),
        _ => false,
    };

    // All rows of a slot, or the only one it has.
    private bool IsView(Op op, LoopValueOp value)
    {
        Op loop = _graph[op.Inputs[0]];
        return value is LoopRowsOp || (value is LoopFinalOp && new LoopMemory(_graph, loop, ((LoopOp)loop.Kind).Body).RowsOf(value.Slot) == 1);
    }

    // What is repacked is the input, or shows it in another form.
    private int PackedStride(Op op) => op.Kind is InputOp ? InputStride(op) : op.Shape.Last;

    private bool IsPacked(int id) => _graph[id] switch
    {
        { Kind.IsInput: true } => true,
        { Kind.IsInLanes: true } => true,
        { Kind: LanesToRowsOp } => IsPackedOutput(id),
        { Kind.StaysPacked: true } op => IsPacked(op.Inputs[0]),
        _ => false,
    };

    // An output that only the caller reads, who has no use for padding; its logits lie as it does.
    private bool IsPackedOutput(int id) => _graph.Outputs
        .Where(output => output.Value == id || output.Head?.Logits == id)
        .SelectMany(static output => new[] { output.Value, output.Head?.Logits ?? output.Value })
        .Append(id)
        .All(value => _graph[value].Kind is LanesToRowsOp && _graph.ConsumersOf(value).Count == 0);

    private static int SampleFloats(Op op) => checked(op.PerSample * op.Shape.Vectors * PanelLayout.RowStride(op.Shape));

    // The steps of a sequence as values of their own, and back.
    private static bool KeepsVectors(Op op, Op x) =>
        op.PerSample != x.PerSample && op.Shape.Last == x.Shape.Last && PanelLayout.RowStride(op.Shape) == PanelLayout.RowStride(x.Shape);

    private static bool HasNoInnerPadding(Op op) => op.PerSample * op.Shape.Vectors == 1 || op.Shape.Last % PanelLayout.Width == 0;
}
