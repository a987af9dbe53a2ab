namespace Unroll.Numerics.Tests.Harness;

internal sealed record CoefficientSketch(Activation Activation, string Property, float Coefficient) : LayerSketch
{
    public override string Attribute => $"Activate(Activation.{Activation}, {Property} = {Number(Coefficient)})";
}

internal sealed record LeakyReluSketch(float Slope) : LayerSketch
{
    public override string Attribute => $"LeakyRelu({Number(Slope)})";
}

internal sealed record ThresholdedReluSketch(float Theta) : LayerSketch
{
    public override string Attribute => $"ThresholdedRelu({Number(Theta)})";
}

internal sealed record PReluSketch(float SlopeL1 = 0f, float SlopeL2 = 0f) : LayerSketch
{
    public override string Kind => "prelu";

    public override string Attribute => $"PRelu(SlopeL1 = {Number(SlopeL1)}, SlopeL2 = {Number(SlopeL2)})";
}

/// <summary>Penalties on gamma and beta.</summary>
internal abstract record ScaleAndCenterSketch(bool Scale, bool Center, float Epsilon) : LayerSketch
{
    public float GammaL1 { get; init; }

    public float GammaL2 { get; init; }

    public float BetaL1 { get; init; }

    public float BetaL2 { get; init; }

    protected string Settings => $"Scale = {Flag(Scale)}, Center = {Flag(Center)}, Epsilon = {Number(Epsilon)}"
        + Given((nameof(GammaL1), GammaL1), (nameof(GammaL2), GammaL2), (nameof(BetaL1), BetaL1), (nameof(BetaL2), BetaL2));
}

internal sealed record BatchNormalizationSketch(bool Scale = true, bool Center = true, float Momentum = 0.99f, float Epsilon = 1e-3f)
    : ScaleAndCenterSketch(Scale, Center, Epsilon)
{
    public override string Kind => "batch_normalization";

    public override string Attribute => $"BatchNormalization({Settings}, Momentum = {Number(Momentum)})";
}

internal sealed record LayerNormalizationSketch(bool Scale = true, bool Center = true, float Epsilon = 1e-3f)
    : ScaleAndCenterSketch(Scale, Center, Epsilon)
{
    public override string Kind => "layer_normalization";

    public override string Attribute => $"LayerNormalization({Settings})";
}

internal sealed record NormalizationSketch : LayerSketch
{
    public override string Kind => "normalization";

    public override string Attribute => "Normalization";
}

internal sealed record RescalingSketch(float Scale, float Offset = 0f) : LayerSketch
{
    public override string Attribute => $"Rescaling({Number(Scale)}, {Number(Offset)})";
}

internal sealed record GaussianNoiseSketch(float Deviation) : LayerSketch
{
    public override string Attribute => $"GaussianNoise({Number(Deviation)})";
}

internal sealed record GaussianDropoutSketch(float Rate) : LayerSketch
{
    public override string Attribute => $"GaussianDropout({Number(Rate)})";
}

internal sealed record AlphaDropoutSketch(float Rate) : LayerSketch
{
    public override string Attribute => $"AlphaDropout({Number(Rate)})";
}

internal sealed record ActivityRegularizationSketch(float L1, float L2) : LayerSketch
{
    public override string Attribute => $"ActivityRegularization(L1 = {Number(L1)}, L2 = {Number(L2)})";
}

internal sealed record ReshapeSketch(params int[] Shape) : LayerSketch
{
    public override string Attribute => $"Reshape({string.Join(", ", Shape)})";

    public override int[] OutputOf(int[] input)
    {
        int known = Blueprint.Size([.. Shape.Where(static size => size > 0)]);
        return [.. Shape.Select(size => size > 0 ? size : Blueprint.Size(input) / known)];
    }
}

internal sealed record PermuteSketch(params int[] Axes) : LayerSketch
{
    public override string Attribute => $"Permute({string.Join(", ", Axes)})";

    public override int[] OutputOf(int[] input) => [.. Axes.Select(axis => input[axis - 1])];
}

internal sealed record RepeatVectorSketch(int Count) : LayerSketch
{
    public override string Attribute => $"RepeatVector({Count})";

    public override int[] OutputOf(int[] input) => [Count, .. input];
}

internal sealed record ZeroPadding1DSketch(int Left, int Right) : LayerSketch
{
    public override string Kind => "zero_padding1d";

    public override string Attribute => $"ZeroPadding1D({Left}, {Right})";

    public override int[] OutputOf(int[] input) => [Left + input[0] + Right, input[1]];
}

/// <summary>A block of its own class applied to every step.</summary>
internal sealed record TimeDistributedSketch(string Block, params LayerSketch[] Body) : LayerSketch
{
    private readonly BlockSketch _block = new(Block, IsResidual: false, Body);

    public override string Kind => _block.Kind;

    public override string Attribute => $"TimeDistributed<{Block}>";

    public override string Declarations => _block.Declarations;

    public override int[] OutputOf(int[] input) => [input[0], .. _block.OutputOf(input[1..])];
}

/// <summary>A use of a block of its own class, which must have a name of its own: x + body(x), or the body alone.</summary>
internal sealed record BlockSketch(string Block, bool IsResidual, params LayerSketch[] Body) : LayerSketch
{
    public override string Kind => string.Concat(Block.Select(static (c, i) => char.IsUpper(c) && i > 0 ? "_" + c : c.ToString())).ToLowerInvariant();

    public override string Attribute => $"{(IsResidual ? "Residual" : "Use")}<{Block}>";

    public override string Declarations => string.Concat(Body.Select(static layer => layer.Declarations))
        + $"[Block]\n{string.Concat(Body.Select(static layer => $"[{layer.Attribute}]\n"))}internal sealed class {Block};\n";

    public override int[] OutputOf(int[] input) => Body.Aggregate(input, static (shape, layer) => layer.OutputOf(shape));
}
