using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>Operations in topological order and the values that leave the graph.</summary>
/// <param name="Outputs">The network's outputs, in order.</param>
/// <param name="Gradients">For each trained parameter, in layer order, the value that is its gradient; empty for inference.</param>
/// <param name="Effects">Operations that run for what they do: penalties of a sample, moving averages.</param>
internal sealed record OpGraph(
    EquatableArray<Op> Ops, EquatableArray<GraphOutput> Outputs, EquatableArray<ParameterGradient> Gradients, EquatableArray<int> Effects)
{
    private OpIndex? _index;
    private HashSet<int>? _roots;

    public EquatableArray<Op> Ops
    {
        get;
        init
        {
            field = value;
            _index = null;
        }
    } = Ops;

    public EquatableArray<GraphOutput> Outputs
    {
        get;
        init
        {
            field = value;
            _roots = null;
        }
    } = Outputs;

    public EquatableArray<ParameterGradient> Gradients
    {
        get;
        init
        {
            field = value;
            _roots = null;
        }
    } = Gradients;

    public EquatableArray<int> Effects
    {
        get;
        init
        {
            field = value;
            _roots = null;
        }
    } = Effects;

    public Op this[int id] => Find(id) ?? throw new InvalidOperationException($"no operation {id}");

    public Op? Find(int id) => Index.Find(id);

    /// <summary>The ids that must be computed: outputs, not intermediates.</summary>
    public IEnumerable<int> Roots
    {
        get
        {
            foreach (GraphOutput output in Outputs)
            {
                yield return output.Value;
                if (output.Head is not null)
                {
                    yield return output.Head.Logits;
                }

                if (output.Mask is int mask)
                {
                    yield return mask;
                }
            }

            foreach (ParameterGradient gradient in Gradients)
            {
                yield return gradient.Value;
            }

            foreach (int effect in Effects)
            {
                yield return effect;
            }
        }
    }

    /// <summary>The least id that is still free.</summary>
    public int NextId => Ops.SelectMany(static op => op.Kind.Memory.Select(static memory => memory.Id).Append(op.Id)).Max() + 1;

    /// <summary>The operations that read a value, in order.</summary>
    public IReadOnlyList<Op> ConsumersOf(int id) => Index.ConsumersOf(id);

    public bool IsRoot(int id) => (_roots ??= new HashSet<int>(Roots)).Contains(id);

    /// <summary>Whether one operation reads a value, and nobody else needs it: then a pass may change it together with its reader.</summary>
    public bool HasOneReader(int id) => ConsumersOf(id).Count == 1 && !IsRoot(id);

    /// <summary>The multiply-adds of an operation for each sample, or once where its value belongs to the step.</summary>
    public long MultiplyAddsOf(Op op) =>
        op.Kind.MultiplyAdds(this, op) * (op.Scope == OpScope.Step && op.Kind.MaySumOverBatch ? this[op.Inputs[0]] : op).PerSample;

    private OpIndex Index => _index ??= new OpIndex(Ops);

    public bool Equals(OpGraph? other) => other is not null && Ops == other.Ops && Outputs == other.Outputs &&
        Gradients == other.Gradients && Effects == other.Effects;

    public override int GetHashCode() => Ops.GetHashCode();
}

/// <summary>A value the network gives, and the activation that it ends with, where a loss may take the input of that.</summary>
internal sealed record GraphOutput(int Value, OutputHead? Head)
{
    /// <summary>The mask of its steps, where some may not count; null where all do.</summary>
    public int? Mask { get; init; }
}

/// <summary>A softmax or sigmoid that ends the network, and the value it is applied to.</summary>
internal sealed record OutputHead(Activation Activation, int Logits);

/// <summary>The parameter operation <c>Parameter</c> has the gradient <c>Value</c>.</summary>
internal sealed record ParameterGradient(int Parameter, int Value);
