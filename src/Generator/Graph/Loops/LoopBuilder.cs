using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Loops;

/// <summary>Writes the body of a loop: its slots, its operands and what the cell does.</summary>
internal sealed class LoopBuilder(GraphWriter writer, int steps, bool isReversed, bool isResumed = false)
{
    private readonly List<LoopSlot> _slots = [];
    private readonly List<CellStep> _cell = [];
    private readonly List<Op> _operands = [];
    private readonly List<int> _added = [];
    private int? _mask;

    public LoopSlot this[int slot] => _slots[slot];

    public int Steps => steps;

    /// <summary>The row of a sequence that belongs to the step.</summary>
    public int Step(string name, Op sequence, int shift = 0) =>
        Find(LoopSlotKind.Step, sequence, shift) ?? Add(new LoopSlot(writer.NewId(), name, LoopSlotKind.Step, sequence.Shape.Last, OperandOf(sequence), shift));

    /// <summary>The value that belongs to the step.</summary>
    public int Scalar(string name, Op values) =>
        Find(LoopSlotKind.Scalar, values, 0) ?? Add(new LoopSlot(writer.NewId(), name, LoopSlotKind.Scalar, 1, OperandOf(values)));

    /// <summary>The mask: where it is 0, the cell leaves what it carries as it is.</summary>
    public int Mask(string name, Op mask) => (_mask = Scalar(name, mask)).Value;

    /// <summary>The row of a sequence that is added to what the cell carries, masked or not.</summary>
    public int Added(string name, Op sequence)
    {
        int slot = Step(name, sequence);
        _added.Add(slot);
        return slot;
    }

    /// <summary>What is the same at all steps.</summary>
    public int Sample(string name, Op value) =>
        Find(LoopSlotKind.Sample, value, 0) ?? Add(new LoopSlot(writer.NewId(), name, LoopSlotKind.Sample, value.Shape.Last, OperandOf(value)));

    public int Local(string name, int columns) => Add(new LoopSlot(writer.NewId(), name, LoopSlotKind.Local, columns));

    /// <summary>What one step leaves to the next.</summary>
    /// <param name="initial">Its content before the first step; 0 where null.</param>
    public int Carried(string name, int columns, Op? initial = null) =>
        Add(new LoopSlot(writer.NewId(), name, LoopSlotKind.Carried, columns, initial is null ? -1 : OperandOf(initial)));

    public void Product(string role, int x, Op weights, Op? bias, int y, bool isAdded = false) =>
        _cell.Add(new CellProduct(role, x, OperandOf(weights), bias is null ? -1 : OperandOf(bias), y, isAdded));

    /// <summary>A product into a slot of its own.</summary>
    public int Product(string role, int x, Op weights, Op? bias = null)
    {
        int y = Local(role, weights.Shape.Last);
        Product(role, x, weights, bias, y);
        return y;
    }

    public void Lanes(string role, LaneWriter lanes, int width) =>
        _cell.Add(new CellLanes(role, lanes.Finish(), lanes.Slots.ToEquatableArray(), width));

    /// <summary>The same, with what the derivative will ask for stored too; nobody keeps it where nothing is differentiated.</summary>
    public void DifferentiableLanes(string role, LaneWriter lanes, int width)
    {
        LaneProgram program = lanes.Finish();
        int[] needs =
        [
            .. LaneGradient.Needs(program, operand => LoopGradient.IsDifferentiable(_slots[lanes.Slots[operand]])).Where(node =>
                (program.Nodes[node] is LaneActivate || (program.Nodes[node] is LaneRead read && _slots[lanes.Slots[read.Operand]].Kind == LoopSlotKind.Local))
                && program.Writes.All(write => write.Node != node)),
        ];
        if (needs.Length > 0)
        {
            int saved = Local(role + "Saved", needs.Length * width);
            for (int part = 0; part < needs.Length; part++)
            {
                lanes.Write(saved, part, needs[part]);
            }
        }

        Lanes(role, lanes, width);
    }

    public Op Finish(OpLabel label)
    {
        var body = new LoopBody(steps, isReversed, _slots.ToEquatableArray(), _cell.ToEquatableArray(), isResumed)
        {
            Idle = _mask is int mask && steps > 1 ? new IdleSteps(mask, _added.Distinct().ToEquatableArray()) : null,
        };
        return writer.Add(new LoopOp(body), Shape.Of(steps, body.Columns), OpScope.Sample, label, [.. _operands]);
    }

    private int? Find(LoopSlotKind kind, Op operand, int shift)
    {
        int found = _slots.FindIndex(slot => slot.Kind == kind && _operands[slot.Operand] == operand && slot.Shift == shift);
        return found < 0 ? null : found;
    }

    private int Add(LoopSlot slot)
    {
        _slots.Add(slot);
        return _slots.Count - 1;
    }

    private int OperandOf(Op op)
    {
        int index = _operands.IndexOf(op);
        if (index < 0)
        {
            index = _operands.Count;
            _operands.Add(op);
        }

        return index;
    }
}
