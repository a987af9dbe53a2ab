using Unroll.Generator.Graph;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Lowering;

/// <summary>Lowers shaped layers to the operations of the forward pass.</summary>
internal static class GraphBuilder
{
    /// <summary>The network: its outputs are those declared.</summary>
    public static OpGraph Lower(ShapedNetwork network)
    {
        (OpGraph graph, IReadOnlyDictionary<string, Op> values, LayerBuilder builder) = Build(network);
        return graph with
        {
            Outputs = network.Model.Outputs
                .Select(output => OutputOf(graph.Ops, values[output.Layer], isOnly: network.Model.Outputs.Count(other => values[other.Layer] == values[output.Layer]) == 1) with
                {
                    Mask = builder.MaskOf(output.Layer)?.Id,
                })
                .ToEquatableArray(),
        };
    }

    /// <summary>The same network with every layer as an output, in their order: where its hidden values are to be seen.</summary>
    public static OpGraph LowerObserved(ShapedNetwork network)
    {
        (OpGraph graph, IReadOnlyDictionary<string, Op> values, _) = Build(network);
        return graph with
        {
            Outputs = network.Layers.Select(layer => new GraphOutput(values[layer.Layer.Name].Id, Head: null)).ToEquatableArray(),
        };
    }

    /// <summary>The network for one step of a stream, over sequences of one step: its memory of the steps before lasts from call to call.</summary>
    public static OpGraph LowerStream(ShapedNetwork network)
    {
        (OpGraph graph, IReadOnlyDictionary<string, Op> values, LayerBuilder builder) = Build(network, StreamedValues.Of(network));
        IReadOnlyDictionary<int, int> clocks = Clocks.Of(graph);

        // An output that is not computed at every step is that of the last step at which it was.
        Op OutputAt(Op value) => clocks.ContainsKey(value.Id)
            ? builder.Writer.Add(new HoldOp(), value.Shape, OpScope.Sample, value.Label with { Role = "Held" }, value)
            : value;
        GraphOutput[] outputs = [.. network.Model.Outputs.Select(output => new GraphOutput(OutputAt(values[output.Layer]).Id, Head: null))];
        return graph with { Ops = builder.Writer.Ops, Outputs = outputs.ToEquatableArray() };
    }

    private static (OpGraph Graph, IReadOnlyDictionary<string, Op> Values, LayerBuilder Builder) Build(ShapedNetwork network, StreamedValues? stream = null)
    {
        Shape ShapeOf(string value, Shape shape) => stream?.AtOneStep(value, shape) ?? shape;
        var builder = new LayerBuilder();
        var values = new Dictionary<string, Op>(StringComparer.Ordinal);
        for (int index = 0; index < network.Model.Inputs.Count; index++)
        {
            NetworkInput input = network.Model.Inputs[index];
            var kind = new InputOp(index, IdInputs.ReaderOf(network.Model, input) is null ? ElementType.Float : ElementType.WholeNumber);
            values.Add(
                input.Name, builder.Writer.Add(kind, ShapeOf(input.Name, new Shape(input.Shape)), OpScope.Sample, new OpLabel(input.Name, "")));
        }

        foreach (ShapedLayer layer in network.Layers)
        {
            builder.Declare(layer.Node, [.. layer.Node.Inputs.Zip(layer.Inputs, ShapeOf)]);
        }

        foreach (ShapedLayer layer in network.Layers)
        {
            values[layer.Layer.Name] = builder.Lower(
                layer.Node,
                ShapeOf(layer.Layer.Name, layer.Output),
                [.. layer.Node.Inputs.Select(name => values[name])],
                stream?.ReadsSteps(layer.Node) == true ? stream[layer.Layer.Name].Arrival : null);
        }

        return (new OpGraph(builder.Writer.Ops, Outputs: default, Gradients: default, builder.Effects.ToEquatableArray()), values, builder);
    }

    // Whoever else reads the output, a layer, a penalty or another output's loss, has a gradient of its own there: then the loss's cannot skip
    // to the logits.
    private static GraphOutput OutputOf(EquatableArray<Op> ops, Op value, bool isOnly) =>
        new(value.Id, isOnly && !ops.Any(op => op.Inputs.Contains(value.Id)) ? HeadOf(value) : null);

    private static OutputHead? HeadOf(Op output) => output.Kind.AsHead is Activation head ? new OutputHead(head, output.Inputs[0]) : null;
}
