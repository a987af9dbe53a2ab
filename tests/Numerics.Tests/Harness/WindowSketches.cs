namespace Unroll.Numerics.Tests.Harness;

/// <summary>A window along the axes of an image or a signal, as Keras defines its positions.</summary>
internal sealed record WindowSketch(int[] Size, int[] Strides, int[] Dilation, Padding Padding)
{
    public int Axes => Size.Length;

    public int Taps => Blueprint.Size(Size);

    public int[] OutputOf(int[] input, int channels) => [.. Enumerable.Range(0, Axes).Select(axis => Positions(axis, input[axis])), channels];

    /// <summary>How far the first position reaches beyond the beginning.</summary>
    public int Before(int axis, int length) => Padding switch
    {
        Padding.Same => Math.Max(0, ((Positions(axis, length) - 1) * Strides[axis]) + Extent(axis) - length) / 2,
        Padding.Causal => Extent(axis) - 1,
        _ => 0,
    };

    private int Positions(int axis, int length) => Padding == Padding.Valid
        ? ((length - Extent(axis)) / Strides[axis]) + 1
        : (length + Strides[axis] - 1) / Strides[axis];

    private int Extent(int axis) => ((Size[axis] - 1) * Dilation[axis]) + 1;
}

/// <summary>A layer with a window; signals have one axis, images two.</summary>
internal abstract record WindowLayerSketch(int[] Size) : LayerSketch
{
    public int[]? Strides { get; init; }

    public int[]? Dilation { get; init; }

    public Padding Padding { get; init; }

    public WindowSketch Window => new(Size, Strides ?? DefaultStrides, Dilation ?? Ones, Padding);

    protected int[] Ones => [.. Size.Select(static _ => 1)];

    protected virtual int[] DefaultStrides => Ones;
}

/// <summary>What convolutions have in common.</summary>
internal abstract record ConvolutionBaseSketch(int[] Size) : WindowLayerSketch(Size)
{
    public bool UseBias { get; init; } = true;

    public Activation Activation { get; init; }

    /// <summary>The L2 penalty of the first kernel.</summary>
    public float KernelL2 { get; init; }

    protected string Settings(string kernel) =>
        $"Activation.{Activation}, Strides = {List(Window.Strides)}, Dilation = {List(Window.Dilation)}, Padding = Padding.{Padding}, "
        + $"UseBias = {Flag(UseBias)}, {kernel}L2 = {Number(KernelL2)}";
}

internal sealed record ConvolutionSketch(int Filters, int[] Size) : ConvolutionBaseSketch(Size)
{
    public int Groups { get; init; } = 1;

    public override string Kind => $"conv{Size.Length}d";

    public override string Attribute => $"Conv{Size.Length}D({Filters}, {List(Size)}, {Settings("Kernel")}, Groups = {Groups})";

    public override int[] OutputOf(int[] input) => Window.OutputOf(input, Filters);

    public override int TermsOf(int[] input) => Window.Taps * input[^1];
}

internal sealed record DepthwiseSketch(int[] Size) : ConvolutionBaseSketch(Size)
{
    public int Multiplier { get; init; } = 1;

    public override string Kind => $"depthwise_conv{Size.Length}d";

    public override string Attribute => $"DepthwiseConv{Size.Length}D({List(Size)}, {Settings("Depthwise")}, DepthMultiplier = {Multiplier})";

    public override int[] OutputOf(int[] input) => Window.OutputOf(input, input[^1] * Multiplier);

    public override int TermsOf(int[] input) => Math.Max(Window.Taps, input[^1]);
}

internal sealed record SeparableSketch(int Filters, int[] Size) : ConvolutionBaseSketch(Size)
{
    public int Multiplier { get; init; } = 1;

    public override string Kind => $"separable_conv{Size.Length}d";

    public override string Attribute => $"SeparableConv{Size.Length}D({Filters}, {List(Size)}, {Settings("Depthwise")}, DepthMultiplier = {Multiplier})";

    public override int[] OutputOf(int[] input) => Window.OutputOf(input, Filters);

    public override int TermsOf(int[] input) => Window.Taps * input[^1] * Multiplier;
}

/// <summary>The adjoint of a convolution; without output padding and, where strides are above 1, without dilation.</summary>
internal sealed record TransposedSketch(int Filters, int[] Size) : ConvolutionBaseSketch(Size)
{
    public override string Kind => $"conv{Size.Length}d_transpose";

    public override string Attribute => $"Conv{Size.Length}DTranspose({Filters}, {List(Size)}, {Settings("Kernel")})";

    // What is cut off before: of what a kernel reaches beyond the strides, the smaller half.
    public int[] Before => [.. Enumerable.Range(0, Size.Length).Select(axis => Padding == Padding.Same ? Math.Max(0, Extent(axis) - Window.Strides[axis]) / 2 : 0)];

    public override int[] OutputOf(int[] input) => [.. Enumerable.Range(0, Size.Length).Select(axis => Length(axis, input[axis])), Filters];

    public override int TermsOf(int[] input) => Window.Taps * input[^1];

    private int Length(int axis, int length) => Padding == Padding.Same
        ? length * Window.Strides[axis]
        : ((length - 1) * Window.Strides[axis]) + Math.Max(Extent(axis), Window.Strides[axis]);

    private int Extent(int axis) => ((Size[axis] - 1) * Window.Dilation[axis]) + 1;
}

internal sealed record PoolSketch(bool IsMax, int[] Size) : WindowLayerSketch(Size)
{
    protected override int[] DefaultStrides => Size;

    public override string Attribute =>
        $"{(IsMax ? "Max" : "Average")}Pooling{Size.Length}D({List(Size)}, Strides = {List(Window.Strides)}, Padding = Padding.{Padding})";

    public override int[] OutputOf(int[] input) => Window.OutputOf(input, input[^1]);
}

internal sealed record GlobalPoolSketch(bool IsMax, int Axes, bool KeepDims = false) : LayerSketch
{
    public override string Attribute => $"Global{(IsMax ? "Max" : "Average")}Pooling{Axes}D(KeepDims = {Flag(KeepDims)})";

    public override int[] OutputOf(int[] input) => KeepDims ? [.. Enumerable.Repeat(1, Axes), input[^1]] : [input[^1]];

    public override int TermsOf(int[] input) => Blueprint.Size(input[..^1]);
}

internal sealed record UpSamplingSketch(int[] Factors, Interpolation Interpolation = Interpolation.Nearest) : LayerSketch
{
    public override string Attribute => Factors.Length == 1
        ? $"UpSampling1D({Factors[0]})"
        : $"UpSampling2D({List(Factors)}, Interpolation = Interpolation.{Interpolation})";

    public override int[] OutputOf(int[] input) => [.. Factors.Select((factor, axis) => factor * input[axis]), input[^1]];
}

/// <summary>Zeros around a value, or its edges cut off where the numbers are negative.</summary>
internal sealed record MarginsSketch(int[] Before, int[] After) : LayerSketch
{
    public override string Attribute
    {
        get
        {
            bool adds = Before.Concat(After).All(static margin => margin >= 0);
            int[] sides = [.. Before.SelectMany((before, axis) => new[] { Math.Abs(before), Math.Abs(After[axis]) })];
            string kind = $"{(adds ? "ZeroPadding" : "Cropping")}{Before.Length}D";
            return Before.Length == 1 ? $"{kind}({string.Join(", ", sides)})" : $"{kind}({List(sides)})";
        }
    }

    public override int[] OutputOf(int[] input) => [.. Before.Select((before, axis) => before + input[axis] + After[axis]), input[^1]];
}

internal sealed record SpatialDropoutSketch(int Axes, float Rate) : LayerSketch
{
    public override string Attribute => $"SpatialDropout{Axes}D({Number(Rate)})";
}
