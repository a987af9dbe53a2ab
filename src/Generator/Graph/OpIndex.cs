using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>The operations of a graph by their value and by what they read, so that asking does not walk the graph.</summary>
internal sealed class OpIndex
{
    private static readonly IReadOnlyList<Op> s_none = [];

    private readonly Dictionary<int, Op> _ops = [];
    private readonly Dictionary<int, List<Op>> _consumers = [];

    public OpIndex(EquatableArray<Op> ops)
    {
        foreach (Op op in ops)
        {
            _ops[op.Id] = op;
            for (int i = 0; i < op.Inputs.Count; i++)
            {
                AddConsumer(op.Inputs[i], op);
            }
        }
    }

    public Op? Find(int id) => _ops.TryGetValue(id, out Op? op) ? op : null;

    public IReadOnlyList<Op> ConsumersOf(int id) => _consumers.TryGetValue(id, out List<Op>? consumers) ? consumers : s_none;

    // An operation that reads a value twice consumes it once.
    private void AddConsumer(int id, Op op)
    {
        if (!_consumers.TryGetValue(id, out List<Op>? consumers))
        {
            _consumers.Add(id, [op]);
        }
        else if (!ReferenceEquals(consumers[consumers.Count - 1], op))
        {
            consumers.Add(op);
        }
    }
}
