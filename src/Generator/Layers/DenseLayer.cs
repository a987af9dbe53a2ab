using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>y = activation(x·kernel + bias) over the last axis.</summary>
internal sealed record DenseLayer(
    int Position, string Name, int Units, Activation Function, bool UseBias, WeightSpec Kernel, WeightSpec Bias) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("Dense", "dense", static arguments => new DenseLayer(
        arguments.Position,
        arguments.Name,
        arguments.Units("units"),
        arguments.Enum("activation", Activation.Linear),
        arguments.Bool("UseBias", fallback: true),
        arguments.Weights("Kernel", Initializer.GlorotUniform, isMatrix: true),
        arguments.OptionalWeights("Bias", "UseBias", Initializer.Zeros)));

    public override Activation Activation => Function;

    protected override Inference Infer(Shape input) => input.WithLast(Units);

    protected override IEnumerable<Weight> Weights(Shape input)
    {
        yield return Weight.OfKernel(Shape.Of(input.Last, Units), Kernel);
        if (UseBias)
        {
            yield return new Weight("bias", Shape.Of(Units), Bias);
        }
    }

    protected override long MultiplyAdds(Shape input, Shape output) => input.Size * Units;

    public override bool KeepsMask => true;

    protected override Op Lower(LayerBuilder builder, Op x)
    {
        Op y = builder.Contract(Contraction.Product(x.Shape, Units), "Forward", x, builder.Weight("kernel"));
        if (UseBias)
        {
            y = builder.Step(new AddBias(), "Forward", y, builder.Weight("bias"));
        }

        return builder.Activate(ActivationFunction.Of(Function), "Activation", y);
    }
}
