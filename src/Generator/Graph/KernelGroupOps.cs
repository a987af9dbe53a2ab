using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>
/// The kernel of a convolution in groups, [taps·channels/Groups, units], as one of all channels, [taps·channels, units], 0 between a channel
/// and the units of other groups. Operand: w.
/// </summary>
internal sealed record ExpandGroupsOp(int Taps, int Groups) : OpKind
{
    public override IEnumerable<string?> Details => [$"of {NumberText.Of(Taps)} taps in {NumberText.Of(Groups)} groups"];

    public override Arrangement ArrangementOf(Arrangement first) => Arrangement.Panels;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && operands[0][0] * Groups == result[0] && operands[0][1] == result[1] && result[0] % (Taps * Groups) == 0;
}

/// <summary>The adjoint of <see cref="ExpandGroupsOp"/>. Operand: w.</summary>
internal sealed record PickGroupsOp(int Taps, int Groups) : OpKind
{
    public override IEnumerable<string?> Details => [$"of {NumberText.Of(Taps)} taps in {NumberText.Of(Groups)} groups"];

    public override Arrangement ArrangementOf(Arrangement first) => Arrangement.Panels;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 1 && result[0] * Groups == operands[0][0] && operands[0][1] == result[1];
}
