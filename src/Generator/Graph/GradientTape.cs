namespace Unroll.Generator.Graph;

/// <summary>The gradients found so far, one a value; where several paths meet they are added.</summary>
internal sealed class GradientTape(OpGraph forward)
{
    private readonly Dictionary<int, Op> _gradients = [];
    private readonly Dictionary<int, Op> _ops = forward.Ops.ToDictionary(static op => op.Id);

    public GraphWriter Writer { get; } = new(forward);

    public Op this[int id] => _ops[id];

    /// <summary>An operand of an operation.</summary>
    public Op this[Op op, int operand] => _ops[op.Inputs[operand]];

    /// <summary>The operations of the forward pass that read a value.</summary>
    public IReadOnlyList<Op> ConsumersOf(Op value) => forward.ConsumersOf(value.Id);

    public Op? GradientOf(Op value) => _gradients.TryGetValue(value.Id, out Op? gradient) ? gradient : null;

    public void Contribute(Op value, Op gradient)
    {
        _gradients[value.Id] = _gradients.TryGetValue(value.Id, out Op? sum)
            ? Writer.AddStep(new AddValue(), new OpLabel(value.Label.Layer, "GradientSum"), sum, gradient)
            : gradient;
    }

    /// <summary>Contributes to an operand of <paramref name="op"/> what an operation makes of <paramref name="values"/>.</summary>
    public void Contribute(Op op, int operand, OpKind gradient, string role, params Op[] values)
    {
        Op x = this[op, operand];
        Contribute(x, Writer.Add(x.PerSample, gradient, x.Shape, x.Scope, Label(op, role), values));
    }

    /// <summary>The same with a step over <paramref name="dy"/>.</summary>
    public void Contribute(Op op, int operand, ElementwiseStep gradient, string role, Op dy, params Op[] values) =>
        Contribute(this[op, operand], Step(op, gradient, role, dy, values));

    /// <summary>A step over <paramref name="dy"/> on the way to the operands of <paramref name="op"/>.</summary>
    public Op Step(Op op, ElementwiseStep step, string role, Op dy, params Op[] values) => Writer.AddStep(step, Label(op, role), dy, values);

    public OpLabel Label(Op op, string role) => new(op.Label.Layer, role);
}
