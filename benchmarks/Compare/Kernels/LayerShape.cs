namespace Unroll.Benchmarks;

/// <summary>A dense layer, the second of a network.</summary>
internal sealed class LayerShape(Type network, int inputs, int units, int batch) : KernelShape(network, "Dense2", batch)
{
    // A training step computes a kernel's gradient in parts of so many rows, which threads share: the generator's KernelGradientPlan.PartRows.
    private const int PartRows = 48;

    private const double Target = 0.8;

    public static IReadOnlyList<LayerShape> All { get; } =
    [
        .. ((int[])[32, 256]).SelectMany(static batch => (LayerShape[])
        [
            new(typeof(Layer784x512), 784, 512, batch),
            new(typeof(Layer512x512), 512, 512, batch),
            new(typeof(Layer1024x1024), 1024, 1024, batch),
        ]),
    ];

    public override IReadOnlyList<KernelKind> Kinds { get; } = Enum.GetValues<KernelKind>();

    /// <summary>Samples in a block.</summary>
    public int BlockSamples => Description.BlockSamples;

    public override int BlockFloats => BlockSamples * Description.TrainingSampleFloats;

    public override long MultiplyAdds => (long)inputs * units * Batch;

    public override int OperandFloats => Math.Max((Batch + BlockSamples - 1) / BlockSamples * BlockFloats, inputs * units);

    public override double? TargetOf(KernelKind kind, int bits) => Target;

    public override string NameOf(KernelKind kind) => kind switch
    {
        KernelKind.Forward => $"forward {inputs}-{units}",
        KernelKind.InputGradient => $"dX {inputs}-{units}",
        _ => $"dW {inputs}-{units}",
    };

    public override IEnumerable<KernelCall> CallsOf(KernelKind kind)
    {
        // Sums over the batch go through all samples themselves; others are called for each block.
        int step = kind == KernelKind.KernelGradient ? PartRows : BlockSamples;
        for (int first = 0; first < (kind == KernelKind.KernelGradient ? inputs : Batch); first += step)
        {
            yield return kind == KernelKind.KernelGradient
                ? new KernelCall(Batch, First: first, Last: Math.Min(first + PartRows, inputs))
                : new KernelCall(Math.Min(BlockSamples, Batch - first), Block: first / BlockSamples);
        }
    }

    public override int DepthOf(KernelKind kind) => kind switch
    {
        KernelKind.Forward => inputs,
        KernelKind.InputGradient => units,
        _ => Batch,
    };

    public override int[] ResultIndices(KernelKind kind)
    {
        if (kind == KernelKind.KernelGradient)
        {
            return [0, (inputs * units) - 1];
        }

        (int block, int local) = Math.DivRem(Batch - 1, BlockSamples);
        int width = kind == KernelKind.Forward ? units : inputs;
        return [0, (block * BlockFloats) + (local * width) + width - 1];
    }

    public override long BytesOf(KernelKind kind)
    {
        long x = (long)Batch * inputs, y = (long)Batch * units, kernel = (long)inputs * units;
        return sizeof(float) * (x + y + kernel + (kind == KernelKind.InputGradient ? x : 0));
    }
}
