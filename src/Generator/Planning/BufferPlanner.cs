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
    private readonly IReadOnlyDictionary<int, Layout> _layouts;
    private readonly ArenaAllocator _block;
    private readonly Op[] _schedule;
    private int _stepFloats;
    private int _callerFloats;

    private BufferPlanner(OpGraph graph, EquatableArray<Phase> phases, int blockSamples, bool inputFromCaller)
    {
        _graph = graph;
        _block = new ArenaAllocator(blockSamples);
        _inputFromCaller = inputFromCaller;
        _layouts = LayoutPlanner.Plan(graph, inputFromCaller);
        _schedule = [.. graph.Ops.Where(static op => op.Kind is InputOp or ParameterOp), .. phases.SelectMany(static phase => phase.Ops)];
    }

    /// <param name="graph">The operations.</param>
    /// <param name="phases">The order they run in.</param>
    /// <param name="parameters">Where the parameters lie.</param>
    /// <param name="blockSamples">Samples a block.</param>
    /// <param name="inputFromCaller">Whether inputs are read where the caller has them, of a sample one after another, or copied into the block.</param>
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
            _buffers[parameter.Op] = new ValueBuffer(MemoryPlace.Parameters, parameter.Offset, _layouts[parameter.Op]);
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
                _lastUse[value.SlotIn(_graph, _schedule[position])] = position;
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

        IEnumerable<int> used = op.Kind is LoopValueOp value ? [value.SlotIn(_graph, op)] : ReadBy(op).Select(Owner);
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
        Layout layout = _layouts[op.Id];
        switch (op.Kind)
        {
            case LoopOp loop:
                PlaceSlots(op, loop.Body);
                return new ValueBuffer(MemoryPlace.None, 0, layout);
            case InputOp when _inputFromCaller:
                _callerFloats += layout.SampleFloats;
                return new ValueBuffer(MemoryPlace.Caller, _callerFloats - layout.SampleFloats, layout);
            default:
                return layout.Shows is int shown
                    ? _buffers[shown] with { Layout = layout }
                    : new ValueBuffer(MemoryPlace.Block, TryReuse(op, position) ?? _block.Allocate(layout.SampleFloats), layout);
        }
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

    private ValueBuffer PlaceInStep(Op op)
    {
        // What changes its operands has no result of its own.
        if (op.Kind.Commits)
        {
            return new ValueBuffer(MemoryPlace.None, 0, _layouts[op.Id]);
        }

        int offset = _stepFloats;
        _stepFloats = checked(_stepFloats + (op.Kind is RoundKernelOp { IsPaired: true } ? PanelLayout.LanesOfPairs(op.Shape) : PanelLayout.FloatsOf(op.Shape)));
        return new ValueBuffer(MemoryPlace.Step, offset, _layouts[op.Id]);
    }

    // Follows views to the value whose memory they show; a slot of a loop is known by its place.
    private int Owner(int id) => _layouts[id].Shows is int shown ? Owner(shown) : id;
}
