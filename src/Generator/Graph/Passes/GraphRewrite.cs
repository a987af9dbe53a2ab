using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>Collects the operations of a rewritten graph; what was replaced is known by its replacement's id.</summary>
internal sealed class GraphRewrite(OpGraph source)
{
    private readonly List<Op> _ops = [];
    private readonly Dictionary<int, int> _replacements = [];
    private int _nextId = source.Ops.Max(static op => op.Id) + 1;

    /// <summary>Keeps an operation, its operands renamed where they were replaced.</summary>
    public Op Keep(Op op)
    {
        Op kept = op with { Inputs = op.Inputs.Select(Resolve).ToEquatableArray() };
        _ops.Add(kept);
        return kept;
    }

    /// <summary>Adds an operation that was not there; its operands are already of the new graph.</summary>
    public Op Insert(OpKind kind, Op like, OpLabel label, params int[] inputs)
    {
        var op = new Op(_nextId++, kind, inputs.ToEquatableArray(), like.Shape, like.Scope, label);
        _ops.Add(op);
        return op;
    }

    /// <summary>From here on, whoever used <paramref name="old"/> uses <paramref name="replacement"/>.</summary>
    public void Replace(int old, int replacement) => _replacements[old] = replacement;

    /// <summary>Takes out an operation kept before.</summary>
    public void Drop(int id) => _ops.RemoveAll(op => op.Id == id);

    public int Resolve(int id)
    {
        while (_replacements.TryGetValue(id, out int next))
        {
            id = next;
        }

        return id;
    }

    public OpGraph Finish() => new(
        _ops.ToEquatableArray(),
        Resolve(source.Output),
        source.Logits is int logits ? Resolve(logits) : null,
        source.Gradients.Select(gradient => gradient with { Value = Resolve(gradient.Value) }).ToEquatableArray());
}
