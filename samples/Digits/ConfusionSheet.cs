using SkiaSharp;

namespace Unroll.Samples;

/// <summary>The images a model takes for something else, as a picture: a row a digit, a column an answer, each mistake at its place.</summary>
/// <remarks>Beside the rows and above the columns stand the means of each digit's images.</remarks>
internal static class ConfusionSheet
{
    private const int Classes = 10;
    private const int Gap = 4;
    private const int Shown = 40;

    private static readonly SKColor s_paper = new(250, 250, 248);
    private static readonly SKColor s_heading = new(40, 90, 160);
    private static readonly SKColor s_mistake = new(20, 20, 20);
    private static readonly SKColor s_right = new(236, 238, 240);

    /// <summary>Asks the model about every image and writes a PNG.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="model">Gives a probability for each digit.</param>
    /// <param name="images">Square images of pixels from 0 (paper) to 1 (ink), and their digits.</param>
    public static void Write(string path, Model model, Dataset images)
    {
        int side = (int)Math.Sqrt(images.FeatureSize);
        ILookup<(int Digit, int Answer), int> answers = Answers(model, images);
        int mostInCell = answers.Where(static cell => cell.Key.Digit != cell.Key.Answer).Select(static cell => cell.Count()).Append(1).Max();
        int across = (int)Math.Ceiling(Math.Sqrt(mostInCell));
        int cell = (across * (Shown + Gap)) + Gap;
        int heading = Shown + (2 * Gap);

        using var surface = SKSurface.Create(new SKImageInfo(heading + (Classes * cell), heading + (Classes * cell)));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(s_paper);
        for (int digit = 0; digit < Classes; digit++)
        {
            float[] mean = Mean(images, answers.Where(each => each.Key.Digit == digit).SelectMany(static each => each));
            int middle = heading + (digit * cell) + ((cell - Shown) / 2);
            Draw(canvas, mean, side, middle, Gap, s_heading);
            Draw(canvas, mean, side, Gap, middle, s_heading);
            DrawFrame(canvas, heading, cell, digit);
            for (int answer = 0; answer < Classes; answer++)
            {
                foreach ((int place, int row) in answers[(digit, answer)].Index().Where(_ => answer != digit))
                {
                    int left = heading + (answer * cell) + Gap + (place % across * (Shown + Gap));
                    int top = heading + (digit * cell) + Gap + (place / across * (Shown + Gap));
                    Draw(canvas, images.FeaturesOf(row), side, left, top, s_mistake);
                }
            }
        }

        using SKImage picture = surface.Snapshot();
        using SKData data = picture.Encode(SKEncodedImageFormat.Png, 100);
        using FileStream file = File.Create(path);
        data.SaveTo(file);
    }

    private static ILookup<(int Digit, int Answer), int> Answers(Model model, Dataset images)
    {
        float[] probabilities = model.Predict(images.Features);
        return Enumerable.Range(0, images.Count).ToLookup(row =>
        {
            float[] answer = probabilities[(row * Classes)..((row + 1) * Classes)];
            return ((int)images.TargetOf(row)[0], Array.IndexOf(answer, answer.Max()));
        });
    }

    private static float[] Mean(Dataset images, IEnumerable<int> rows)
    {
        float[] sum = new float[images.FeatureSize];
        int count = 0;
        foreach (int row in rows)
        {
            ReadOnlySpan<float> image = images.FeaturesOf(row);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += image[i];
            }

            count++;
        }

        return [.. sum.Select(value => value / Math.Max(count, 1))];
    }

    // The right answers' cell is tinted; a line stands above each row and left of each column.
    private static void DrawFrame(SKCanvas canvas, int heading, int cell, int digit)
    {
        using var right = new SKPaint { Color = s_right };
        using var line = new SKPaint { Color = s_heading.WithAlpha(60), StrokeWidth = 1 };
        int start = heading + (digit * cell);
        int end = heading + (Classes * cell);
        canvas.DrawRect(start, start, cell, cell, right);
        canvas.DrawLine(0, start, end, start, line);
        canvas.DrawLine(start, 0, start, end, line);
    }

    // Ink of one colour, as dense as the pixels say.
    private static void Draw(SKCanvas canvas, ReadOnlySpan<float> pixels, int side, int left, int top, SKColor ink)
    {
        using var bitmap = new SKBitmap(side, side, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        for (int i = 0; i < pixels.Length; i++)
        {
            bitmap.SetPixel(i % side, i / side, ink.WithAlpha((byte)Math.Round(255 * Math.Clamp(pixels[i], 0f, 1f))));
        }

        using SKImage image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, SKRect.Create(left, top, Shown, Shown), new SKSamplingOptions(SKFilterMode.Linear));
    }
}
