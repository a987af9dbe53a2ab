using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>[n] to [Count, n], each row the input.</summary>
internal sealed record RepeatVectorLayer(int Position, string Name, int Count) : UnaryLayer(Position, Name)
{
    public static readonly LayerKind Description = new("RepeatVector", "repeat_vector", static arguments => new RepeatVectorLayer(
        arguments.Position, arguments.Name, arguments.Count("n")));

    public override bool ChangesPositions => true;

    public override bool RepeatsInput => true;

    protected override Inference Infer(Shape input) => input.Rank == 1
        ? Shape.Of(Count, input.Last)
        : Problem.At(
            At(), DiagnosticDescriptors.RepeatVectorNeedsOneAxis, Name, NumberText.Of(input.Rank));

    protected override Op Lower(LayerBuilder builder, Op x) => builder.Add(new RepeatOp(), builder.Output, "Forward", x);
}
