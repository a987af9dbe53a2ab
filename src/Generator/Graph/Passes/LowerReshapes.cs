using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Makes padding explicit. The caller's rows are packed, every other value has its vectors padded to whole SIMD vectors; an operation
/// that loads whole vectors, or a reshape that would cut through padding, gets its operand repacked first.
/// </summary>
internal sealed class LowerReshapes : GraphPass
{
    public override string Name => "lower reshapes";

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
            switch (op.Kind)
            {
                case InputOp:
                    packed.Add(rewrite.Keep(op).Id);
                    break;
                case ReshapeOp or PlaceOp or PickOp or MoveImageOp:
                    Op moved = rewrite.Keep(op);
                    if (packed.Contains(moved.Inputs[0]))
                    {
                        packed.Add(moved.Id);
                    }

                    break;
                case KernelGradientOp:
                    rewrite.Keep(op with { Inputs = EquatableArray.Of(op.Inputs[0], Padded(op.Inputs[1])) });
                    break;
                case GatherOp or GatherGradientOp or HistoryOp or ProductOp or ConvolutionOp or ConvolutionKernelGradientOp:
                    rewrite.Keep(op);
                    break;
                default:
                    rewrite.Keep(op with { Inputs = op.Inputs.Select(Padded).ToEquatableArray() });
                    break;
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
