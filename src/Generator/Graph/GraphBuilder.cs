using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Graph;

/// <summary>Lowers shaped layers to the operations of the forward pass.</summary>
internal static class GraphBuilder
{
    public static OpGraph Lower(ShapedNetwork network)
    {
        var writer = new GraphWriter();
        var input = new OpLabel("input", "Input");
        Op value = writer.Add(new InputOp(), network.Input, OpScope.Sample, input);
        foreach (ShapedLayer layer in network.Layers)
        {
            value = Lower(writer, layer, value);
        }

        return new OpGraph(writer.Ops, value.Id, LogitsOf(value), default);
    }

    private static Op Lower(GraphWriter writer, ShapedLayer layer, Op x) => layer.Spec switch
    {
        DenseSpec dense => LowerDense(writer, dense, layer, x),
        ActivateSpec activate => LowerActivation(writer, activate.Activation, new OpLabel(activate.Name, "Forward"), x),
        FlattenSpec flatten => writer.Add(new ReshapeOp(), layer.Output, OpScope.Sample, new OpLabel(flatten.Name, "Forward"), x),
        DropoutSpec dropout => LowerDropout(writer, dropout, x),
        _ => throw new InvalidOperationException($"no lowering for {layer.Spec.GetType().Name}"),
    };

    private static Op LowerDense(GraphWriter writer, DenseSpec dense, ShapedLayer layer, Op x)
    {
        var kernelShape = Shape.Of(layer.Input.Last, dense.Units);
        var kernel = new ParameterSpec(dense.Name + "/kernel", kernelShape, dense.KernelInitializer, dense.KernelPenalty);
        Op w = writer.Add(new ParameterOp(kernel), kernel.Shape, OpScope.Step, new OpLabel(dense.Name, "Kernel"));
        var label = new OpLabel(dense.Name, "Forward");
        Op y = writer.Add(new ProductOp(default), layer.Output, OpScope.Sample, label, x, w);
        if (dense.UseBias)
        {
            var bias = new ParameterSpec(
                dense.Name + "/bias", Shape.Of(dense.Units), dense.BiasInitializer, dense.BiasPenalty);
            Op b = writer.Add(new ParameterOp(bias), bias.Shape, OpScope.Step, new OpLabel(dense.Name, "Bias"));
            y = writer.AddStep(new AddBias(), label, y, b);
        }

        return LowerActivation(writer, dense.Activation, new OpLabel(dense.Name, "Activation"), y);
    }

    private static Op LowerActivation(GraphWriter writer, Activation activation, OpLabel label, Op x) => activation switch
    {
        Activation.Linear => x,
        Activation.Softmax => writer.Add(new SoftmaxOp(), x.Shape, x.Scope, label, x),
        _ => writer.AddStep(new Activate(activation), label, x),
    };

    private static Op LowerDropout(GraphWriter writer, DropoutSpec dropout, Op x) => dropout.Rate == 0f
        ? x
        : writer.AddStep(new DropoutStep(dropout.Rate, dropout.Position), new OpLabel(dropout.Name, "Forward"), x);

    private static int? LogitsOf(Op output) =>
        output.Kind is SoftmaxOp or ElementwiseOp { OnlyStep: Activate { Activation: Activation.Sigmoid } } ? output.Inputs[0] : null;
}
