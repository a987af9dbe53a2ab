using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>One of the values given to the network: input number <c>Index</c>, whose elements are <c>Element</c>.</summary>
internal sealed record InputOp(int Index, ElementType Element = ElementType.Float) : OpKind
{
    public override IEnumerable<string?> Details => [Index == 0 ? null : $"number {NumberText.Of(Index)}"];

    public override bool IsInput => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 0;

    public override ElementType ElementOf(ElementType first) => Element;

    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
    }
}

/// <summary>A trainable parameter.</summary>
internal sealed record ParameterOp(ParameterSpec Parameter) : OpKind
{
    public override Arrangement ArrangementOf(Arrangement first) => Parameter.Arrangement == ParameterArrangement.Vectors ? Arrangement.Vectors : Arrangement.Panels;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 0;

    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
    }
}
