using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>Operations in topological order and the values that leave the graph.</summary>
/// <param name="Output">The network's output.</param>
/// <param name="Logits">The input of the activation that ends the network, where a loss may want it.</param>
/// <param name="Gradients">For each trained parameter, in layer order, the value that is its gradient; empty for inference.</param>
/// <param name="Effects">Operations that run for what they do: penalties of a sample, moving averages.</param>
internal sealed record OpGraph(
    EquatableArray<Op> Ops, int Output, int? Logits, EquatableArray<ParameterGradient> Gradients, EquatableArray<int> Effects)
{
    public Op this[int id] => Find(id) ?? throw new InvalidOperationException($"no operation {id}");

    public Op? Find(int id)
    {
        foreach (Op op in Ops)
        {
            if (op.Id == id)
            {
                return op;
            }
        }

        return null;
    }

    /// <summary>The ids that must be computed: outputs, not intermediates.</summary>
    public IEnumerable<int> Roots
    {
        get
        {
            yield return Output;
            if (Logits is int logits)
            {
                yield return logits;
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

    public IEnumerable<Op> ConsumersOf(int id) => Ops.Where(op => op.Inputs.Contains(id));
}

/// <summary>The parameter operation <c>Parameter</c> has the gradient <c>Value</c>.</summary>
internal sealed record ParameterGradient(int Parameter, int Value);
