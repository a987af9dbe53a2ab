namespace Unroll.Numerics.Tests.Harness;

/// <summary>An image turned over at random.</summary>
internal sealed record FlipSketch(FlipMode Mode) : LayerSketch
{
    public override string Attribute => $"RandomFlip(FlipMode.{Mode})";
}

/// <summary>An image moved at random: the kind of motion and the least and largest of the numbers that make it.</summary>
internal sealed record ImageMotionSketch(ImageMotionKind Motion, float[] First, float[]? Second = null) : LayerSketch
{
    public FillMode Fill { get; init; }

    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    public float FillValue { get; init; }

    public override string Attribute => $"Random{Motion}({Numbers(First)}{(Second is null ? "" : ", " + Numbers(Second))}, "
        + $"FillMode = FillMode.{Fill}, Interpolation = Interpolation.{Interpolation}{(Fill == FillMode.Constant ? Given((nameof(FillValue), FillValue)) : "")})";

    private static string Numbers(float[] numbers) => $"[{string.Join(", ", numbers.Select(Number))}]";
}

internal enum ImageMotionKind
{
    Translation,
    Rotation,
    Zoom,
}
