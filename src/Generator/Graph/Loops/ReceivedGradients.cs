namespace Unroll.Generator.Graph.Loops;

/// <summary>What the slots of a cell receive from the formulas that read them: for each part the node that holds it.</summary>
internal sealed class ReceivedGradients(LoopBody body, CellLanes lanes)
{
    private readonly List<int> _slots = [];
    private readonly Dictionary<int, Dictionary<int, int>> _parts = [];

    /// <summary>The slots, in the order in which they received something.</summary>
    public IReadOnlyList<int> Slots => _slots;

    public IReadOnlyDictionary<int, int> this[int slot] => _parts[slot];

    public void Add(LaneRead read, int node)
    {
        int slot = lanes.Slots[read.Operand];
        if (!_parts.TryGetValue(slot, out Dictionary<int, int>? parts))
        {
            _slots.Add(slot);
            _parts.Add(slot, parts = []);
        }

        parts.Add(read.Part, node);
    }

    /// <summary>An earlier slot that receives the same, as the terms of one sum do, where nothing else is added to either; null where there is none.</summary>
    public int? TwinOf(int slot) => _slots.TakeWhile(other => other != slot).Where(other => IsSame(other, slot)).Cast<int?>().FirstOrDefault();

    private bool IsSame(int left, int right) =>
        HasOneReader(left) && HasOneReader(right) && body.Slots[left].Columns == body.Slots[right].Columns
        && _parts[left].Count == _parts[right].Count
        && _parts[left].All(part => _parts[right].TryGetValue(part.Key, out int node) && node == part.Value);

    private bool HasOneReader(int slot) => body.Slots[slot].Kind is LoopSlotKind.Step or LoopSlotKind.Local && body.Cell.Count(step => step switch
    {
        CellProduct product => product.X == slot,
        CellLanes other => other.Program.Nodes.Any(node => node is LaneRead read && other.Slots[read.Operand] == slot),
        _ => false,
    }) == 1;
}
