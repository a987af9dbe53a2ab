using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>How an image is moved: an affine map of its pixels that two numbers make, drawn for each sample.</summary>
/// <param name="Kind">What the runtime calls the map.</param>
/// <param name="First">The first number lies in it.</param>
/// <param name="Second">The second one.</param>
/// <param name="Fill">What there is beyond the edges.</param>
/// <param name="Interpolation">What there is between pixels.</param>
/// <param name="FillValue">Of <see cref="FillMode.Constant"/>.</param>
internal sealed record ImageMotion(string Kind, NumberSpan First, NumberSpan Second, FillMode Fill, Interpolation Interpolation, float FillValue)
{
    public string Text => $"{Kind} {Between(First)} and {Between(Second)} {Interpolation} {Fill} {NumberText.Of(FillValue)}";

    private static string Between(NumberSpan span) => $"{NumberText.Of(span.Low)} to {NumberText.Of(span.High)}";
}

/// <summary>Each sample's image, moved as numbers say that are drawn from (seed, step, salt, sample). Operand: x.</summary>
internal sealed record MoveImageOp(ImageMotion Motion, int Salt) : OpKind
{
    public override IEnumerable<string?> Details => [Motion.Text, $"salt {NumberText.Of(Salt)}"];

    public override bool ReadsPacked(int operand) => true;

    public override bool StaysPacked => true;

    public override bool IsNoise => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result && result.Rank == 3;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 0, new MoveImageGradientOp(Motion, Salt), "Gradient", dy);
}

/// <summary>The adjoint of <see cref="MoveImageOp"/> with the same numbers. Operand: dy.</summary>
internal sealed record MoveImageGradientOp(ImageMotion Motion, int Salt) : OpKind
{
    public override IEnumerable<string?> Details => [Motion.Text, $"salt {NumberText.Of(Salt)}"];

    public override bool IsNoise => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == 1 && operands[0] == result && result.Rank == 3;
}
