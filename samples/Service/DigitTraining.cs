using System.Globalization;
using System.IO.Compression;
using Unroll.Extensions;
using Unroll.Shift;

namespace Unroll.Samples;

/// <summary>Trains the network on the digits embedded in this program: those of the sample Digits, see its Data/ATTRIBUTION.md.</summary>
internal static class DigitTraining
{
    private const int Size = 28;
    private const int SourceSize = 8;
    private const float Ink = 16f;

    // Each image that often, never twice the same: people draw larger, smaller, slanted and off the centre.
    private const int Variants = 6;

    /// <summary>Writes weights and, where wanted, the reference of a drift monitor.</summary>
    public static void Run(string weights, string? reference, ILogger logger)
    {
        Dataset train = Vary(Parts().Train, Variants, seed: 1);
        var model = new DigitClassifier(seed: 1);
        model.Compile(new Adam(learningRate: 0.002f), new SparseCategoricalCrossentropy(), new Accuracy());
        model.Fit(train, epochs: 26, batchSize: 64, validation: Test(), seed: 1, callbacks: [new TrainingLogger(logger)], verbose: false);
        model.Save(weights);
        if (reference is not null)
        {
            DriftReference.Create(model, train).Save(reference);
        }
    }

    /// <summary>Images that the weights have not learnt from.</summary>
    public static Dataset Test() => Vary(Parts().Test, 1, seed: 2);

    private static (Dataset Train, Dataset Test) Parts() => Load().Split(0.9f, seed: 1);

    /// <summary>Images of 8 × 8 pixels, 0 to 1, and the digits they show.</summary>
    private static Dataset Load()
    {
        var pixels = new List<float>();
        var digits = new List<float>();
        using var reader = new StreamReader(new GZipStream(
            typeof(DigitTraining).Assembly.GetManifestResourceStream("digits.csv.gz")!, CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            float[] values = [.. line.Split(',').Select(static value => float.Parse(value, CultureInfo.InvariantCulture))];
            pixels.AddRange(values[..^1].Select(static value => value / Ink));
            digits.Add(values[^1]);
        }

        return new Dataset([.. pixels], [.. digits], digits.Count);
    }

    private static Dataset Vary(Dataset data, int variants, int seed)
    {
        var random = new Random(seed);
        float[] pixels = new float[data.Count * variants * Size * Size];
        float[] digits = new float[data.Count * variants];
        for (int i = 0; i < digits.Length; i++)
        {
            digits[i] = data.Targets[i / variants];
            Draw(data.FeaturesOf(i / variants), pixels.AsSpan(i * Size * Size, Size * Size), random);
        }

        return new Dataset(pixels, digits, digits.Length);
    }

    /// <summary>Draws an image larger, its ink's centre near the middle, slightly turned, slanted and squeezed, with edges as a pen's.</summary>
    private static void Draw(ReadOnlySpan<float> image, Span<float> pixels, Random random)
    {
        const float Contrast = 4f;
        (float sin, float cos) = MathF.SinCos(Within(random, -0.25f, 0.25f));
        float scale = Within(random, 2.1f, 2.9f);
        float squeeze = Within(random, 0.6f, 1f);
        float slant = Within(random, -0.2f, 0.2f);
        float left = Within(random, -1.5f, 1.5f);
        float up = Within(random, -1.5f, 1.5f);
        float edge = Within(random, 0.35f, 0.65f);
        (float centreX, float centreY) = CentreOf(image);
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < Size; column++)
            {
                float y = row - ((Size - 1) / 2f) - up;
                float x = column - ((Size - 1) / 2f) - left + (slant * y);
                float ink = InkAt(image, (((cos * x) + (sin * y)) / (scale * squeeze)) + centreX, (((cos * y) - (sin * x)) / scale) + centreY);
                pixels[(row * Size) + column] = Math.Clamp(((ink - edge) * Contrast) + 0.5f, 0f, 1f);
            }
        }
    }

    private static (float X, float Y) CentreOf(ReadOnlySpan<float> image)
    {
        (float x, float y, float sum) = (0f, 0f, 0f);
        for (int i = 0; i < image.Length; i++)
        {
            x += image[i] * (i % SourceSize);
            y += image[i] * (i / SourceSize);
            sum += image[i];
        }

        return (x / sum, y / sum);
    }

    /// <summary>Between the four nearest pixels, bilinear; paper outside.</summary>
    private static float InkAt(ReadOnlySpan<float> image, float x, float y)
    {
        int column = (int)MathF.Floor(x);
        int row = (int)MathF.Floor(y);
        (float right, float below) = (x - column, y - row);
        return ((1f - below) * (((1f - right) * PixelAt(image, column, row)) + (right * PixelAt(image, column + 1, row))))
            + (below * (((1f - right) * PixelAt(image, column, row + 1)) + (right * PixelAt(image, column + 1, row + 1))));
    }

    private static float PixelAt(ReadOnlySpan<float> image, int column, int row) =>
        column is >= 0 and < SourceSize && row is >= 0 and < SourceSize ? image[(row * SourceSize) + column] : 0f;

    private static float Within(Random random, float low, float high) => low + ((high - low) * random.NextSingle());
}
