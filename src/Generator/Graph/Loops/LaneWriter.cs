using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Loops;

/// <summary>Writes a lane program; what is computed twice is one node.</summary>
internal sealed class LaneWriter
{
    private readonly List<LaneNode> _nodes = [];
    private readonly Dictionary<LaneNode, int> _known = [];
    private readonly List<LaneWrite> _writes = [];
    private readonly List<int> _slots = [];

    /// <summary>The slots that the operands are, in order.</summary>
    public IReadOnlyList<int> Slots => _slots;

    public IReadOnlyList<LaneNode> Nodes => _nodes;

    public IReadOnlyList<LaneWrite> Writes => _writes;

    public int Read(int slot, int part = 0) => Add(new LaneRead(OperandOf(slot), part));

    public int Scalar(int slot) => Add(new LaneScalar(OperandOf(slot)));

    public int Constant(float value) => Add(new LaneConstant(value));

    public int Sum(int left, int right) => Add(new LaneArithmetic(LaneOperator.Add, left, right));

    public int Difference(int left, int right) => Add(new LaneArithmetic(LaneOperator.Subtract, left, right));

    public int Product(int left, int right) => Add(new LaneArithmetic(LaneOperator.Multiply, left, right));

    public int Activate(ActivationFunction function, int x) => function.Kind == Activation.Linear ? x : Add(new LaneActivate(function, x));

    public int ActivateGradient(ActivationFunction function, int dy, int saved) => Add(new LaneActivateGradient(function, dy, saved));

    public int Select(int condition, int yes, int no) => Add(new LaneSelect(condition, yes, no));

    public void Write(int slot, int part, int node) => _writes.Add(new LaneWrite(OperandOf(slot), part, node));

    public LaneProgram Finish() => new(_nodes.ToEquatableArray(), _writes.ToEquatableArray());

    private int OperandOf(int slot)
    {
        int operand = _slots.IndexOf(slot);
        if (operand < 0)
        {
            operand = _slots.Count;
            _slots.Add(slot);
        }

        return operand;
    }

    private int Add(LaneNode node)
    {
        if (!_known.TryGetValue(node, out int index))
        {
            index = _nodes.Count;
            _nodes.Add(node);
            _known.Add(node, index);
        }

        return index;
    }
}
