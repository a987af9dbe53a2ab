using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Makes padding explicit. The caller's rows are packed, every other value has its vectors padded to whole SIMD vectors; an operation that
/// does not read packed vectors (<see cref="OpKind.ReadsPacked"/>) gets its operand repacked first.
/// </summary>
internal sealed class RepackOperands : GraphPass
{
    public override string Name => "repack operands";

    public override OpGraph Apply(OpGraph graph)
    {
        var rewrite = new GraphRewrite(graph);
        var packed = new HashSet<int>();
        var repacked = new Dictionary<int, int>();

        int Padded(int id)
        {
            id = rewrite.Resolve(id);
            if (!packed.Contains(id))
            {
                return id;
            }

            if (!repacked.TryGetValue(id, out int copy))
            {
                Op source = graph[id];
                copy = rewrite.Insert(new RepackOp(), source.Shape, source.Scope, new OpLabel(source.Label.Layer, "Repack"), id).Id;
                repacked.Add(id, copy);
            }

            return copy;
        }

        foreach (Op op in graph.Ops)
        {
            Op kept = rewrite.Keep(op with
            {
                Inputs = op.Inputs.Select((input, operand) => op.Kind.ReadsPacked(operand) ? input : Padded(input)).ToEquatableArray(),
            });
            if (op.Kind.IsInput || (op.Kind.StaysPacked && packed.Contains(kept.Inputs[0])))
            {
                packed.Add(kept.Id);
            }
        }

        foreach (int result in graph.Outputs.SelectMany(static output => new[] { output.Value, output.Head?.Logits ?? output.Value }))
        {
            if (packed.Contains(rewrite.Resolve(result)))
            {
                rewrite.Replace(result, Padded(result));
            }
        }

        return rewrite.Finish();
    }
}
