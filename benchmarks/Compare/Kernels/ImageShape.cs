namespace Unroll.Benchmarks;

/// <summary>A convolution: the first of a network, whose windows stay inside the image, or the second, whose result is as large as its image.</summary>
/// <param name="network">The network's class.</param>
/// <param name="layer">Its number.</param>
/// <param name="size">Rows and columns of the result.</param>
/// <param name="taps">Rows and columns of the window.</param>
/// <param name="channels">Of the image.</param>
/// <param name="filters">Channels of the result.</param>
internal sealed class ImageShape(Type network, int layer, int size, int taps, int channels, int filters)
    : KernelShape(network, $"Conv2d{layer}", Samples)
{
    // A training step has blocks of a few.
    private const int Samples = 4;

    // The generator's ConvolutionKernelGradientPlan: parts are pieces of a run of rows or, where runs are short, some of these.
    private const int ShortRun = 12;
    private const int PartRuns = 12;
    private const int PartRows = 48;

    private const int Width = 16;

    private const double FirstLayerTarget = 0.75;

    public static IReadOnlyList<ImageShape> All { get; } =
    [
        new(typeof(Convolution1x32), 1, 26, 3, 1, 32),
        new(typeof(Convolution3x32), 1, 30, 3, 3, 32),
        new(typeof(Convolution6x16), 2, 14, 5, 6, 16),
        new(typeof(Convolution32x32), 2, 30, 3, 32, 32),
        new(typeof(Convolution32x64), 2, 12, 3, 32, 64),
        new(typeof(Convolution64x64), 2, 18, 3, 64, 64),
    ];

    /// <summary>A first layer has no gradient by its inputs.</summary>
    public override IReadOnlyList<KernelKind> Kinds { get; } =
        layer == 1 ? [KernelKind.Forward, KernelKind.KernelGradient] : Enum.GetValues<KernelKind>();

    public override int BlockFloats => 0;

    public override long MultiplyAdds => (long)Batch * size * (size * Depth - TapsOnPadding * taps * channels) * filters;

    public override int OperandFloats => Math.Max(Batch * Extent * Extent * Math.Max(Stride, FilterStride), taps * taps * Padded(channels) * FilterStride);

    // A second layer's rows of taps that stand on padding: kernels leave them out.
    private int TapsOnPadding => layer == 1 ? 0 : taps / 2 * ((taps / 2) + 1);

    private int Depth => taps * taps * channels;

    // Kernels read images with their zeros around them, that of the result's gradient as well.
    private int Extent => size + taps - 1;

    // The network's input lies without gaps.
    private int Stride => layer == 1 ? channels : Padded(channels);

    private int FilterStride => Padded(filters);

    /// <summary>Of the peak at 512 and 256 bits, where there are at least 6 input and 16 output channels; the first layer has few.</summary>
    public override double? TargetOf(KernelKind kind, int bits) => (bits, kind) switch
    {
        (128, _) => null,
        (_, KernelKind.InputGradient) when channels < Width => null,
        _ when layer == 1 => FirstLayerTarget,
        (512, KernelKind.KernelGradient) => 0.88,
        (512, _) => 0.92,
        _ => 0.85,
    };

    public override string NameOf(KernelKind kind)
    {
        string way = kind switch
        {
            KernelKind.Forward => "forward",
            KernelKind.InputGradient => "dX",
            _ => "dW",
        };
        return $"{way} {taps}×{taps}, {channels} → {filters}, {size}×{size} pixels";
    }

    public override IEnumerable<KernelCall> CallsOf(KernelKind kind) => kind == KernelKind.KernelGradient
        ? Enumerable.Range(0, Parts).Select(part => new KernelCall(Batch, Part: part))
        : [new KernelCall(Batch, Last: size)];

    public override int DepthOf(KernelKind kind) => kind switch
    {
        KernelKind.Forward => Depth,
        KernelKind.InputGradient => taps * taps * filters,
        _ => Batch * size * size,
    };

    public override int[] ResultIndices(KernelKind kind) => kind switch
    {
        KernelKind.KernelGradient => [MiddleTap, (((filters - 1) / Width * Depth * Width) + MiddleTap) + ((filters - 1) % Width)],
        KernelKind.Forward => [MiddlePixel * FilterStride, (((Batch - 1) * size * size) + MiddlePixel) * FilterStride + filters - 1],
        _ => [MiddlePixel * Stride, (((Batch - 1) * size * size) + MiddlePixel) * Stride + channels - 1],
    };

    // In the middle of an image no tap stands on padding, nor does the window's middle one anywhere.
    private int MiddlePixel => (size / 2 * size) + (size / 2);

    private int MiddleTap => ((taps / 2 * taps) + (taps / 2)) * channels * Width;

    public override long BytesOf(KernelKind kind)
    {
        long x = (long)Batch * Extent * Extent * channels, y = (long)Batch * size * size * filters;
        return sizeof(float) * (x + y + ((long)Depth * filters) + (kind == KernelKind.InputGradient ? x : 0));
    }

    private int Parts
    {
        get
        {
            int run = Stride == channels ? taps * channels : channels;
            int runs = taps * taps * channels / run;
            return run <= ShortRun ? (runs + PartRuns - 1) / PartRuns : runs * ((run + PartRows - 1) / PartRows);
        }
    }

    private static int Padded(int columns) => (columns + Width - 1) / Width * Width;
}
