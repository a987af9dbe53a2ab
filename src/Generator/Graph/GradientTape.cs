namespace Unroll.Generator.Graph;

/// <summary>The gradients found so far, one a value; where several paths meet they are added.</summary>
internal sealed class GradientTape(OpGraph forward)
{
    private readonly Dictionary<int, Op> _gradients = [];
    private readonly Dictionary<int, Op> _ops = forward.Ops.ToDictionary(static op => op.Id);

    public GraphWriter Writer { get; } = new(forward);

    public Op this[int id] => _ops[id];

    /// <summary>The operations of the forward pass that read a value.</summary>
    public IReadOnlyList<Op> ConsumersOf(Op value) => forward.ConsumersOf(value.Id);

    public Op? GradientOf(Op value) => _gradients.TryGetValue(value.Id, out Op? gradient) ? gradient : null;

    public void Contribute(Op value, Op gradient)
    {
        _gradients[value.Id] = _gradients.TryGetValue(value.Id, out Op? sum)
            ? Writer.AddStep(new AddValue(), new OpLabel(value.Label.Layer, "GradientSum"), sum, gradient)
            : gradient;
    }

    public OpLabel Label(Op op, string role) => new(op.Label.Layer, role);
}
