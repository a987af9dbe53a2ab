using Unroll.Generator.Graph;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Lowering;

/// <summary>Lowers shaped layers to the operations of the forward pass.</summary>
internal static class GraphBuilder
{
    public static OpGraph Lower(ShapedNetwork network)
    {
        var builder = new LayerBuilder();
        var values = new Dictionary<string, Op>(StringComparer.Ordinal);
        for (int index = 0; index < network.Model.Inputs.Count; index++)
        {
            NetworkInput input = network.Model.Inputs[index];
            values.Add(
                input.Name, builder.Writer.Add(new InputOp(index), new Shape(input.Shape), OpScope.Sample, new OpLabel(input.Name, "")));
        }

        foreach (ShapedLayer layer in network.Layers)
        {
            values[layer.Layer.Name] = builder.Lower(layer.Node, layer.Output, [.. layer.Node.Inputs.Select(name => values[name])]);
        }

        EquatableArray<Op> ops = builder.Writer.Ops;
        return new OpGraph(
            ops,
            network.Model.Outputs.Select(output => OutputOf(ops, values[output.Layer])).ToEquatableArray(),
            Gradients: default,
            builder.Effects.ToEquatableArray());
    }

    // Whoever else reads the output, a layer or a penalty, has a gradient of its own there: then the loss's cannot skip to the logits.
    private static GraphOutput OutputOf(EquatableArray<Op> ops, Op value) =>
        new(value.Id, ops.Any(op => op.Inputs.Contains(value.Id)) ? null : HeadOf(value));

    private static OutputHead? HeadOf(Op output) => output.Kind switch
    {
        SoftmaxOp => new OutputHead(Activation.Softmax, output.Inputs[0]),
        ElementwiseOp { OnlyStep: Activate { Function.Kind: Activation.Sigmoid } } => new OutputHead(Activation.Sigmoid, output.Inputs[0]),
        _ => null,
    };
}
