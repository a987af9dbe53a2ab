using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests;

/// <summary>Stacks of layers of images, drawn at random with shapes that fit.</summary>
internal static class RandomImageNetworks
{
    private const int MostPixels = 120;

    private static readonly int[] s_channels = [1, 2, 3, 5, 15, 16, 17];

    /// <param name="seed">The same seed draws the same network.</param>
    /// <param name="name">Of its class.</param>
    public static NetworkCase Draw(int seed, string name)
    {
        var random = new Random(seed);
        int[] input = [random.Next(1, 10), random.Next(1, 10), Of(random, s_channels)];
        int[] shape = input;
        var layers = new List<LayerSketch>();
        int count = random.Next(2, 7);
        while (layers.Count < count)
        {
            LayerSketch layer = Draw(random, shape);
            if (Fits(layer, shape))
            {
                layers.Add(layer);
                shape = layer.OutputOf(shape);
            }
        }

        if (random.Next(2) == 0)
        {
            layers.Add(new FlattenSketch());
            layers.Add(new DenseSketch(random.Next(1, 4)));
        }

        return new NetworkCase(new Blueprint(name, input, [.. layers]), new ReferenceMeanSquaredError());
    }

    private static LayerSketch Draw(Random random, int[] shape) => random.Next(13) switch
    {
        0 or 1 => Windowed(random, new ConvolutionSketch(Of(random, s_channels), Size(random))),
        2 => Windowed(random, new ConvolutionSketch(2 * shape[2], Size(random)) { Groups = shape[2] }),
        3 => Windowed(random, new DepthwiseSketch(Size(random)) { Multiplier = random.Next(1, 3) }),
        4 => Windowed(random, new SeparableSketch(Of(random, s_channels), Size(random))),
        5 => Windowed(random, new TransposedSketch(Of(random, s_channels), Size(random))),
        6 => new PoolSketch(random.Next(2) == 0, Size(random)) { Strides = [random.Next(1, 4), random.Next(1, 4)], Padding = Padded(random) },
        7 => new UpSamplingSketch([random.Next(1, 4), random.Next(1, 4)], random.Next(2) == 0 ? Interpolation.Nearest : Interpolation.Bilinear),
        8 => Margins(random, random.Next(2) == 0 ? 1 : -1),
        9 => new ActivateSketch(random.Next(2) == 0 ? Activation.Tanh : Activation.Softplus),
        10 => new FlipSketch((FlipMode)random.Next(3)),
        11 => Motion(random),
        _ => new SpatialDropoutSketch(2, 0.25f),
    };

    private static ConvolutionBaseSketch Windowed(Random random, ConvolutionBaseSketch sketch)
    {
        bool leaps = random.Next(2) == 0;
        int[] steps = [random.Next(1, 4), random.Next(1, 4)];

        // Both at once are refused.
        return sketch with
        {
            Strides = leaps ? steps : null,
            Dilation = leaps ? null : steps,
            Padding = Padded(random),
            UseBias = random.Next(3) > 0,
            Activation = random.Next(3) == 0 ? Activation.Tanh : Activation.Linear,
        };
    }

    private static ImageMotionSketch Motion(Random random)
    {
        float[] first = random.Next(2) == 0 ? [0.5f] : [-0.75f, 0.5f];
        var kind = (ImageMotionKind)random.Next(3);
        float[]? second = kind == ImageMotionKind.Translation ? [0.25f] : kind == ImageMotionKind.Zoom && random.Next(2) == 0 ? [0f, 0.9f] : null;
        return new ImageMotionSketch(kind, first, second) { Fill = (FillMode)random.Next(4), FillValue = 0.5f };
    }

    private static MarginsSketch Margins(Random random, int sign)
    {
        int Margin() => sign * random.Next(0, 3);
        return new MarginsSketch([Margin(), Margin()], [Margin(), Margin()]);
    }

    private static bool Fits(LayerSketch layer, int[] shape)
    {
        int[] output = layer.OutputOf(shape);
        bool isInside = layer is not WindowLayerSketch { Padding: Padding.Valid } window || layer is TransposedSketch
            || Enumerable.Range(0, 2).All(axis => ((window.Size[axis] - 1) * window.Window.Dilation[axis]) < shape[axis]);
        return isInside && output.All(static size => size >= 1) && output[0] * output[1] <= MostPixels && output[2] <= 40;
    }

    private static int[] Size(Random random) => [random.Next(1, 5), random.Next(1, 5)];

    private static Padding Padded(Random random) => random.Next(2) == 0 ? Padding.Valid : Padding.Same;

    private static int Of(Random random, int[] values) => values[random.Next(values.Length)];
}
