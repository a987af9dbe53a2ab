using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>
/// Gives every value its place. Values of a block share memory when their lifetimes do not meet; parameters' gradients lie where
/// their parameters do, in the gradient arena.
/// </summary>
internal sealed partial class BufferPlanner
{
    private readonly OpGraph _graph;
    private readonly Dictionary<int, ValueBuffer> _buffers = [];
    private readonly Dictionary<int, int> _lastUse = [];
    private readonly bool _inputFromCaller;
    private readonly ArenaAllocator _block;
    private readonly Op[] _schedule;
    private int _stepFloats;

    private BufferPlanner(OpGraph graph, EquatableArray<Phase> phases, int blockSamples, bool inputFromCaller)
    {
        _graph = graph;
        _block = new ArenaAllocator(blockSamples);
        _inputFromCaller = inputFromCaller;
        _schedule = [.. graph.Ops.Where(static op => op.Kind is InputOp or ParameterOp), .. phases.SelectMany(static phase => phase.Ops)];
    }

    /// <param name="graph">The operations.</param>
    /// <param name="phases">The order they run in.</param>
    /// <param name="parameters">Where the parameters lie.</param>
    /// <param name="blockSamples">Samples a block.</param>
    /// <param name="inputFromCaller">Whether the input is read where the caller has it, or copied into the block.</param>
    public static BufferPlan Plan(
        OpGraph graph, EquatableArray<Phase> phases, ParameterPlan parameters, int blockSamples, bool inputFromCaller)
    {
        var planner = new BufferPlanner(graph, phases, blockSamples, inputFromCaller);
        planner.PlaceParameters(parameters);
        planner.FindLifetimes();
        planner.PlaceLasting();
        int lasting = planner._block.Floats;
        for (int position = 0; position < planner._schedule.Length; position++)
        {
            planner.Place(position);
        }

        return new BufferPlan(planner._buffers, blockSamples, planner._block.Floats, planner._stepFloats) { LastingFloats = lasting };
    }

    private void PlaceParameters(ParameterPlan parameters)
    {
        foreach (PlannedParameter parameter in parameters.Parameters)
        {
            _buffers[parameter.Op] = StepBuffer(_graph[parameter.Op], MemoryPlace.Parameters, parameter.Offset);
        }

        foreach (ParameterGradient gradient in _graph.Gradients)
        {
            _buffers[gradient.Value] = _buffers[gradient.Parameter] with { Place = MemoryPlace.Gradients };
        }
    }

    private void FindLifetimes()
    {
        for (int position = 0; position < _schedule.Length; position++)
        {
            foreach (int input in ReadBy(_schedule[position]))
            {
                _lastUse[Owner(input)] = position;
            }

            // A copy of a loop's states reads the slot, not the loop.
            if (_schedule[position].Kind is LoopValueOp value)
            {
                _lastUse[SlotOf(_schedule[position], value)] = position;
            }
        }

        foreach (int root in _graph.Roots)
        {
            _lastUse[Owner(root)] = int.MaxValue;
        }
    }

    private IEnumerable<int> ReadBy(Op op) => MaskedRows.MaskOf(_graph, op) is int mask ? op.Inputs.Append(mask) : op.Inputs;

    private void Place(int position)
    {
        Op op = _schedule[position];
        if (!_buffers.ContainsKey(op.Id))
        {
            _buffers[op.Id] = op.Scope == OpScope.Step ? PlaceInStep(op) : PlaceInBlock(op, position);
        }

        IEnumerable<int> used = op.Kind is LoopValueOp value ? [SlotOf(op, value)] : ReadBy(op).Select(Owner);
        foreach (int dying in used.Append(op.Id).Distinct())
        {
            FreeAfter(dying, position);
        }

        if (op.Kind is LoopOp loop)
        {
            // What nobody reads after the loop lives during it only.
            foreach (int slot in new LoopMemory(_graph, op, loop.Body).Owned)
            {
                FreeAfter(loop.Body.Slots[slot].Id, position);
            }
        }
    }

    private void FreeAfter(int id, int position)
    {
        bool dies = !_lastUse.TryGetValue(id, out int last) || last == position;
        if (dies && _buffers[id].Place == MemoryPlace.Block && Owner(id) == id)
        {
            _block.Free(_buffers[id].Offset);
        }
    }

    private ValueBuffer PlaceInBlock(Op op, int position)
    {
        if (op.Kind is LoopOp loop)
        {
            PlaceSlots(op, loop.Body);
            return new ValueBuffer(MemoryPlace.None, 0, op.Shape.Vectors, op.Shape.Last, PanelLayout.RowStride(op.Shape)) { PerSample = op.PerSample };
        }

        if (op.Kind is LoopValueOp value && IsView(op, value))
        {
            return _buffers[SlotOf(op, value)];
        }

        if (op.Kind is InputOp)
        {
            // As the caller has it; repacked for whoever loads vectors, unless it lies as a block would have it already.
            int inputStride = InputStride(op);
            return _inputFromCaller
                ? new ValueBuffer(MemoryPlace.Caller, 0, op.Shape.Vectors, op.Shape.Last, inputStride)
                : PlaceRows(op, Allocate(op, inputStride), inputStride);
        }

        if (IsView(op))
        {
            ValueBuffer source = _buffers[op.Inputs[0]];
            int viewStride = IsPacked(op.Id) ? op.Shape.Last : PanelLayout.RowStride(op.Shape);
            return new ValueBuffer(source.Place, source.Offset, op.Shape.Vectors, op.Shape.Last, viewStride) { PerSample = op.PerSample };
        }

        int stride = IsPacked(op.Id) ? op.Shape.Last : PanelLayout.RowStride(op.Shape);
        return PlaceRows(op, TryReuse(op, position) ?? Allocate(op, stride), stride);
    }

    private static ValueBuffer PlaceRows(Op op, int offset, int stride) =>
        new(MemoryPlace.Block, offset, op.Shape.Vectors, op.Shape.Last, stride) { PerSample = op.PerSample };

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

    // An elementwise result may overwrite its operand when nobody reads that again.
    private int? TryReuse(Op op, int position)
    {
        if (op.Kind is not (ElementwiseOp or LaneStepsOp))
        {
            return null;
        }

        int operand = op.Inputs[0];
        ValueBuffer buffer = _buffers[operand];
        bool free = buffer.Place == MemoryPlace.Block && Owner(operand) == operand && _lastUse[operand] == position;
        return free ? _block.Share(buffer.Offset) : null;
    }

    private int Allocate(Op op, int stride) =>
        _block.Allocate(checked(op.PerSample * op.Shape.Vectors * stride));

    private ValueBuffer PlaceInStep(Op op)
    {
        int offset = _stepFloats;
        _stepFloats = checked(_stepFloats + (op.Kind is RoundKernelOp { IsPaired: true } ? PanelLayout.LanesOfPairs(op.Shape) : PanelLayout.FloatsOf(op.Shape)));
        return StepBuffer(op, MemoryPlace.Step, offset);
    }

    private static ValueBuffer StepBuffer(Op op, MemoryPlace place, int offset) =>
        new(place, offset, op.Shape.Vectors, op.Shape.Last, PanelLayout.Pad(op.Shape.Last));

    // Follows views to the value whose memory they show.
    private int Owner(int id)
    {
        Op? op = _graph.Find(id);
        return op switch
        {
            // A slot of a loop is known by its place alone.
            null => id,
            { Kind: LoopValueOp value } when IsView(op, value) => SlotOf(op, value),
            _ => IsView(op) ? Owner(op.Inputs[0]) : id,
        };
    }

    /// <summary>Whether an operation leaves every element where it is. An output does not: it is read from a block, never from the caller.</summary>
    private bool IsView(Op op) => op.Kind switch
    {
        ReshapeOp => IsPacked(op.Inputs[0]) || (SampleFloats(_graph[op.Inputs[0]]) == SampleFloats(op)
            && (KeepsVectors(op, _graph[op.Inputs[0]]) || (HasNoInnerPadding(_graph[op.Inputs[0]]) && HasNoInnerPadding(op)))),
        WhenOp => true,
        RepackOp => PackedStride(_graph[op.Inputs[0]]) == PanelLayout.RowStride(op.Shape) && !_graph.Roots.Contains(op.Id),
        _ => false,
    };

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
