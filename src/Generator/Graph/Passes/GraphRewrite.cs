using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>Collects the operations of a rewritten graph; what was replaced is known by its replacement's id.</summary>
internal sealed class GraphRewrite(OpGraph source)
{
    private readonly List<Op?> _ops = [];
    private readonly Dictionary<int, int> _positions = [];
    private readonly Dictionary<int, int> _replacements = [];
    private readonly List<int> _effects = [.. source.Effects];
    private int _nextId = source.NextId;

    /// <summary>Keeps an operation, its operands renamed where they were replaced: by whole numbers perhaps, where there were none.</summary>
    public Op Keep(Op op)
    {
        Op kept = ReadsReplaced(op) ? op with { Inputs = op.Inputs.Select(Resolve).ToEquatableArray() } : op;
        ElementType element = kept.Kind.ElementOf(kept.Inputs.Count == 0 ? ElementType.Float : _ops[_positions[kept.Inputs[0]]]!.Element);
        kept = kept.Element == element ? kept : kept with { Element = element };
        Add(kept);
        return kept;
    }

    /// <summary>Adds an operation that was not there; its operands are already of the new graph.</summary>
    public Op Insert(OpKind kind, Shape shape, OpScope scope, OpLabel label, params int[] inputs)
    {
        Op[] operands = [.. inputs.Select(id => _ops[_positions[id]]!)];
        var op = new Op(_nextId++, kind, inputs.ToEquatableArray(), shape, scope, label)
        {
            PerSample = GraphWriter.PerSample(scope, operands),
            Element = kind.ElementOf(operands.Length == 0 ? ElementType.Float : operands[0].Element),
        };
        Add(op);
        return op;
    }

    /// <summary>Adds an elementwise step over a value of the new graph.</summary>
    public Op InsertStep(ElementwiseStep step, Op x, OpLabel label, params int[] operands) =>
        Insert(new ElementwiseOp(EquatableArray.Of(step)), x.Shape, x.Scope, label, [x.Id, .. operands]);

    /// <summary>Makes an operation one that runs for what it does.</summary>
    public void AddEffect(Op op) => _effects.Add(op.Id);

    /// <summary>From here on, whoever used <paramref name="old"/> uses <paramref name="replacement"/>.</summary>
    public void Replace(int old, int replacement) => _replacements[old] = replacement;

    /// <summary>Takes out an operation kept before.</summary>
    public void Drop(int id)
    {
        _ops[_positions[id]] = null;
        _positions.Remove(id);
    }

    public int Resolve(int id)
    {
        while (_replacements.TryGetValue(id, out int next))
        {
            id = next;
        }

        return id;
    }

    public OpGraph Finish() => new(
        _ops.OfType<Op>().ToEquatableArray(),
        source.Outputs
            .Select(output => new GraphOutput(
                Resolve(output.Value), output.Head is null ? null : output.Head with { Logits = Resolve(output.Head.Logits) })
            {
                Mask = output.Mask is int mask ? Resolve(mask) : null,
            })
            .ToEquatableArray(),
        source.Gradients.Select(gradient => gradient with { Value = Resolve(gradient.Value) }).ToEquatableArray(),
        _effects.Select(Resolve).ToEquatableArray());

    private bool ReadsReplaced(Op op)
    {
        foreach (int input in op.Inputs)
        {
            if (_replacements.ContainsKey(input))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(Op op)
    {
        _positions[op.Id] = _ops.Count;
        _ops.Add(op);
    }
}
