using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>Appends operations and hands out their ids.</summary>
internal sealed class GraphWriter
{
    private readonly List<Op> _ops = [];
    private int _nextId;

    public GraphWriter()
    {
    }

    public GraphWriter(OpGraph graph)
    {
        _ops.AddRange(graph.Ops);
        _nextId = graph.NextId;
    }

    public EquatableArray<Op> Ops => _ops.ToEquatableArray();

    /// <summary>An id for what has a place in memory without being an operation.</summary>
    public int NewId() => _nextId++;

    public Op Add(OpKind kind, Shape shape, OpScope scope, OpLabel label, params Op[] inputs) =>
        Add(PerSample(scope, inputs), kind, shape, scope, label, inputs);

    /// <summary>An operation whose value a sample has so many of.</summary>
    public Op Add(int perSample, OpKind kind, Shape shape, OpScope scope, OpLabel label, params Op[] inputs)
    {
        var op = new Op(_nextId++, kind, inputs.Select(static input => input.Id).ToEquatableArray(), shape, scope, label)
        {
            PerSample = perSample,
            Element = kind.ElementOf(inputs.Length == 0 ? ElementType.Float : inputs[0].Element),
        };
        _ops.Add(op);
        return op;
    }

    /// <summary>How many values a sample has of what is computed from these operands: as many as it has of them.</summary>
    public static int PerSample(OpScope scope, IEnumerable<Op> inputs) =>
        scope == OpScope.Sample ? inputs.FirstOrDefault(static input => input.Scope == OpScope.Sample)?.PerSample ?? 1 : 1;

    /// <summary>An elementwise operation of one step.</summary>
    public Op AddStep(ElementwiseStep step, OpLabel label, Op x, params Op[] operands) =>
        Add(new ElementwiseOp(EquatableArray.Of(step)), x.Shape, x.Scope, label, [x, .. operands]);
}
