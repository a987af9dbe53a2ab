using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Graph;

/// <summary>Lowers shaped layers to the operations of the forward pass.</summary>
internal static class GraphBuilder
{
    public static OpGraph Lower(ShapedNetwork network)
    {
        var lowering = new LayerLowering();
        Op value = lowering.Writer.Add(new InputOp(), network.Input, OpScope.Sample, new OpLabel("input", ""));
        foreach (ShapedLayer layer in network.Layers)
        {
            value = lowering.Lower(layer, value);
        }

        // A penalty on the output has its own gradient there: then the loss's cannot skip to the logits.
        bool isPenalized = lowering.Writer.Ops.Any(op => op.Inputs.Contains(value.Id));
        return new OpGraph(
            lowering.Writer.Ops, value.Id, isPenalized ? null : LogitsOf(value), default, lowering.Effects.ToEquatableArray());
    }

    private static int? LogitsOf(Op output) => output.Kind switch
    {
        SoftmaxOp => output.Inputs[0],
        ElementwiseOp { OnlyStep: Activate { Function.Kind: Activation.Sigmoid } } => output.Inputs[0],
        _ => null,
    };
}
