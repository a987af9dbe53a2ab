using Unroll.Numerics.Tests.Harness;
using Unroll.Running;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Layers that move images at random: exact cases, and what the pictures do and do not depend on.</summary>
public sealed class ImageMotionTests
{
    private const int Side = 4;
    private const int Seed = 9;

    private static readonly NetworkLibrary s_library = new(
        string.Concat(new (string Name, string Layers)[]
        {
            ("FlipLeft", "[RandomFlip(FlipMode.Horizontal)]"),
            ("FlipDown", "[RandomFlip(FlipMode.Vertical)]"),
            ("FlipBoth", "[RandomFlip]"),
            ("Down", "[RandomTranslation([0.25f, 0.25f], [-0.5f, -0.5f], FillMode = FillMode.Constant, FillValue = 7f)]"),
            ("DownMirrored", "[RandomTranslation([0.25f, 0.25f], [-0.5f, -0.5f])]"),
            ("DownWrapped", "[RandomTranslation([0.25f, 0.25f], [-0.5f, -0.5f], FillMode = FillMode.Wrap)]"),
            ("DownSpread", "[RandomTranslation([0.25f, 0.25f], [-0.5f, -0.5f], FillMode = FillMode.Nearest)]"),
            ("Quarter", "[RandomRotation([0.25f, 0.25f])]"),
            ("Half", "[RandomRotation([-0.5f, -0.5f])]"),
            ("Still", "[RandomTranslation(0f, 0f)] [RandomRotation(0f)] [RandomZoom(0f, 0f)]"),
            ("Closer", "[RandomZoom([-0.5f, -0.5f], Interpolation = Interpolation.Nearest)]"),
            ("All", "[RandomFlip] [RandomTranslation(0.2f, 0.2f)] [RandomRotation(0.1f)] [RandomZoom(0.2f)]"),
        }.Select(static net => $"[Network({Side}, {Side}, 1)] {net.Layers} public sealed partial class {net.Name};\n"))
        + $"[Network({Side}, {Side}, 1)] [RandomRotation(0.1f)] [Conv2D(24, 3, Activation.Tanh, Padding = Padding.Same)] [RandomFlip]\n"
        + "[RandomTranslation(0.3f, 0.3f)] [Conv2D(16, 3, Padding = Padding.Same)] [RandomZoom(0.2f, 0.1f)] [Flatten] [Dense(3)] public sealed partial class Deep;\n");

    private static readonly float[] s_image = [.. Enumerable.Range(1, Side * Side).Select(static value => (float)value)];

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    [Theory]
    [InlineData("FlipLeft", "4 3 2 1 8 7 6 5 12 11 10 9 16 15 14 13")]
    [InlineData("FlipDown", "13 14 15 16 9 10 11 12 5 6 7 8 1 2 3 4")]
    [InlineData("FlipBoth", "16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1")]
    public void FlipsHalfOfTheImages(string network, string turned)
    {
        const int Rows = 2000;
        float[][] images = [.. Pictures(network, Rows).Chunk(Side * Side)];
        int count = images.Count(image => image.SequenceEqual(Numbers(turned)));

        Assert.Equal(Rows, count + images.Count(static image => image.SequenceEqual(s_image)));
        Assert.InRange(count, (Rows / 2) - (4 * Math.Sqrt(Rows) / 2), (Rows / 2) + (4 * Math.Sqrt(Rows) / 2));
    }

    /// <summary>One pixel down, two to the left; a quarter and a half of a turn; the middle of the image four times as large.</summary>
    [Theory]
    [InlineData("Down", "7 7 7 7 3 4 7 7 7 8 7 7 11 12 7 7")]
    [InlineData("DownMirrored", "3 4 4 3 3 4 4 3 7 8 8 7 11 12 12 11")]
    [InlineData("DownWrapped", "15 16 13 14 3 4 1 2 7 8 5 6 11 12 9 10")]
    [InlineData("DownSpread", "3 4 4 4 3 4 4 4 7 8 8 8 11 12 12 12")]
    [InlineData("Quarter", "4 8 12 16 3 7 11 15 2 6 10 14 1 5 9 13")]
    [InlineData("Half", "16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1")]
    [InlineData("Still", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16")]
    [InlineData("Closer", "6 6 7 7 6 6 7 7 10 10 11 11 10 10 11 11")]
    public void MovesWholePixelsExactly(string network, string expected) => Assert.Equal(Numbers(expected), Pictures(network, rows: 1));

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void ThreadsDoNotChangeABit(Machine machine)
    {
        float[] alone = Trained(machine, threads: 1);

        Assert.Equal(alone, Trained(machine, threads: 2));
        Assert.Equal(alone, Trained(machine, threads: 3));
    }

    /// <summary>A sample's picture is the same whichever samples stand behind it in the batch, and another at each place, step and seed.</summary>
    [Fact]
    public void DependsOnSeedStepAndSampleOnly()
    {
        float[] pictures = Pictures("All", rows: 70);
        float[][] images = [.. pictures.Chunk(Side * Side)];

        Assert.Equal(pictures[..(33 * Side * Side)], Pictures("All", rows: 33));
        Assert.Equal(images.Length, images.Distinct(EqualityComparer<float[]>.Create(static (a, b) => a!.SequenceEqual(b!), static image => image[0].GetHashCode())).Count());
        Assert.NotEqual(pictures, Pictures("All", rows: 70, seed: Seed + 1));
        Assert.NotEqual(pictures, Pictures("All", rows: 70, steps: 1));
        Assert.Equal(pictures, Pictures("All", rows: 70));
    }

    [Fact]
    public void PredictionsAndEvaluationSeeTheImageAsItIs()
    {
        Model model = s_library.Create("All", Machines.Widest, Seed);
        float[] images = RandomValues.Uniform(Side * Side * 3, seed: 1);
        var loss = new CapturingLoss();
        model.Compile(new NoOptimizer(), loss);
        model.Evaluate(new Dataset(images, images, 3));

        Assert.Equal(images, model.Predict(images));
        Assert.Equal(images, loss.Outputs);
        Assert.Equal(images[..(Side * Side)], model.Predict(images.AsSpan(0, Side * Side)));
    }

    private static float[] Numbers(string text) => [.. text.Split(' ').Select(float.Parse)];

    // The outputs of a training step for as many times the same image, after some steps.
    private static float[] Pictures(string network, int rows, int steps = 0, int seed = Seed)
    {
        Model model = s_library.Create(network, Machines.Widest, seed);
        float[] images = [.. Enumerable.Repeat(s_image, rows).SelectMany(static image => image)];
        var data = new Dataset(images, images, rows);
        var loss = new CapturingLoss();
        model.Compile(new NoOptimizer(), loss);
        if (steps > 0)
        {
            model.Fit(data.Take(1), epochs: steps, threads: 1);
            loss.Clear();
        }

        model.ComputeGradients(data);
        return loss.Outputs;
    }

    private static float[] Trained(Machine machine, int threads)
    {
        const int Rows = 150;
        const int BatchSize = 128;
        Model model = s_library.Create("Deep", machine, seed: 3);
        Assert.Equal(threads, TrainingLoop.ThreadsWorth(model.Network, BatchSize, threads));
        var data = new Dataset(RandomValues.Uniform(Rows * Side * Side, seed: 1), RandomValues.Uniform(Rows * 3, seed: 2), Rows);
        model.Compile(new Adam(), new MeanSquaredError());
        model.Fit(data, epochs: 2, batchSize: BatchSize, threads: threads);
        return [.. model.Parameters.SelectMany(static parameter => parameter.ToArray())];
    }
}
