using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Loops;

/// <summary>
/// Runs a cell once for each step of sequences, the state of one step being given to the next. Its values are read by
/// <see cref="LoopRowsOp"/> and its kin. Operands: those the body's slots and products name.
/// </summary>
internal sealed record LoopOp(LoopBody Body) : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == Body.Operands && result.Rank == 2 && result[0] == Body.Steps && result[1] == Body.Columns && Body.Slots.All(slot => !slot.IsGiven || Fits(slot, operands[slot.Operand]))
        && Body.Cell.OfType<CellProduct>().All(product => operands[product.Weights].Last == Body.Slots[product.Y].Columns);

    public override long MultiplyAdds(OpGraph graph, Op op) =>
        Body.Steps * Body.Cell.OfType<CellProduct>().Sum(product => graph[op.Inputs[product.Weights]].Shape.Size);

    public override IEnumerable<OpMemory> Memory => Body.Slots.Select(static slot => new OpMemory(slot.Id, slot.Name));

    public override void DifferentiateValues(GradientTape tape, Op op) => new LoopGradient(tape, op, Body).Add();

    private bool Fits(LoopSlot slot, Shape shape) => slot.Kind switch
    {
        LoopSlotKind.Step => shape.Last == slot.Columns && shape.Vectors >= Body.Steps + slot.Shift,
        LoopSlotKind.Scalar => shape.Size == Body.Steps,
        _ => shape.Last == slot.Columns && shape.Vectors == 1,
    };
}

/// <summary>What a loop does at each step.</summary>
/// <param name="Steps">How often.</param>
/// <param name="IsReversed">Whether it begins at the last step.</param>
/// <param name="Slots">The memory of the cell.</param>
/// <param name="Cell">The operations on it, in order.</param>
/// <param name="IsResumed">Whether it goes on where the call before has left it.</param>
/// <param name="Idle">What shows that a step does nothing; null where every step counts.</param>
internal sealed record LoopBody(
    int Steps, bool IsReversed, EquatableArray<LoopSlot> Slots, EquatableArray<CellStep> Cell, bool IsResumed, IdleSteps? Idle = null)
{
    /// <summary>The values that a step computes.</summary>
    public int Columns
    {
        get
        {
            int columns = 0;
            foreach (LoopSlot slot in Slots)
            {
                columns += slot.IsComputed ? slot.Columns : 0;
            }

            return columns;
        }
    }

    /// <summary>How many operands its slots and products name.</summary>
    public int Operands => 1 + Slots.Select(static slot => slot.Operand)
        .Concat(Cell.OfType<CellProduct>().Select(static product => Math.Max(product.Weights, product.Bias)))
        .Max();
}

/// <summary>
/// At a step whose mask is 0, whatever is computed besides what is carried adds nothing to anything, and is 0 where it is a gradient. Where nothing is
/// added either, what is carried stays as it is.
/// </summary>
/// <param name="Mask">The slot of the mask.</param>
/// <param name="Added">The slots of what is added to what is carried.</param>
internal sealed record IdleSteps(int Mask, EquatableArray<int> Added);

/// <summary>A vector of the cell's memory; of a sequence it is that of the current step.</summary>
/// <param name="Id">Unique among the operations and slots of a graph: names its place in memory.</param>
/// <param name="Name">What it holds, as the emitted code calls it.</param>
/// <param name="Columns">Its values; one part of several is padded.</param>
/// <param name="Operand">The operand of the loop that it shows, or that it starts from; −1 where it starts from 0 or has none.</param>
/// <param name="Shift">Rows of the operand before that of step 0.</param>
internal sealed record LoopSlot(int Id, string Name, LoopSlotKind Kind, int Columns, int Operand = -1, int Shift = 0)
{
    /// <summary>Whether each step computes it.</summary>
    public bool IsComputed => Kind is LoopSlotKind.Local or LoopSlotKind.Carried;

    /// <summary>Whether it shows an operand.</summary>
    public bool IsGiven => Kind is LoopSlotKind.Step or LoopSlotKind.Scalar or LoopSlotKind.Sample || Operand >= 0;
}

internal enum LoopSlotKind
{
    /// <summary>A row of an operand for each step.</summary>
    Step,

    /// <summary>A value of an operand for each step.</summary>
    Scalar,

    /// <summary>An operand that is the same at all steps.</summary>
    Sample,

    /// <summary>Computed at each step.</summary>
    Local,

    /// <summary>Computed at each step, and known to the next.</summary>
    Carried,
}

/// <summary>One operation of a cell.</summary>
/// <param name="Role">Its part in the layer.</param>
internal abstract record CellStep(string Role);

/// <summary>y = x·w + b, or what is added to y. <paramref name="Weights"/> and <paramref name="Bias"/> are operands of the loop.</summary>
/// <param name="Bias">−1 where there is none.</param>
internal sealed record CellProduct(string Role, int X, int Weights, int Bias, int Y, bool IsAdded) : CellStep(Role);

/// <summary>Formulas over units; <paramref name="Slots"/> are the program's operands.</summary>
/// <param name="Width">Floats of a part.</param>
internal sealed record CellLanes(string Role, LaneProgram Program, EquatableArray<int> Slots, int Width) : CellStep(Role);

/// <summary>What a loop has computed. Operand: the loop.</summary>
/// <param name="Slot">The slot's number in the body.</param>
internal abstract record LoopValueOp(int Slot) : OpKind
{
    public override IEnumerable<string?> Details => [$"slot {NumberText.Of(Slot)}"];

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1;

    /// <summary>Whether a result of this shape is what a loop has in the slot.</summary>
    public bool IsOf(LoopBody body, Shape result) => Slot >= 0 && Slot < body.Slots.Count && IsOf(body.Slots[Slot], body.Steps, result);

    /// <summary>The id of the slot.</summary>
    public int SlotIn(OpGraph graph, Op op) => ((LoopOp)graph[op.Inputs[0]].Kind).Body.Slots[Slot].Id;

    // The loop asks for the gradients of all its values when the walk reaches it.
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
    }

    protected abstract bool IsOf(LoopSlot slot, int steps, Shape result);

    protected static bool AreRows(LoopSlot slot, int count, Shape result) => result.Rank == 2 && result[0] == count && result[1] == slot.Columns;
}

/// <summary>Every content of a slot: [steps, columns], and of a carried one [steps + 1, columns], what it starts from included.</summary>
internal sealed record LoopRowsOp(int Slot) : LoopValueOp(Slot)
{
    protected override bool IsOf(LoopSlot slot, int steps, Shape result) => AreRows(slot, slot.Kind == LoopSlotKind.Carried ? steps + 1 : steps, result);
}

/// <summary>[steps, columns]: a carried slot's content before each step, or after it.</summary>
internal sealed record LoopStatesOp(int Slot, bool IsAfter) : LoopValueOp(Slot)
{
    public override IEnumerable<string?> Details => base.Details.Append(IsAfter ? "after each step" : "before each step");

    protected override bool IsOf(LoopSlot slot, int steps, Shape result) => slot.Kind == LoopSlotKind.Carried && AreRows(slot, steps, result);
}

/// <summary>[columns]: a carried slot's content after the last step.</summary>
internal sealed record LoopFinalOp(int Slot) : LoopValueOp(Slot)
{
    protected override bool IsOf(LoopSlot slot, int steps, Shape result) =>
        slot.Kind == LoopSlotKind.Carried && result.Rank == 1 && result[0] == slot.Columns;
}

/// <summary>The rows in the opposite order. Operand: x. Its own gradient.</summary>
internal sealed record ReverseStepsOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new ReverseStepsOp(), "Gradient", dy);
}
