using System.Text;

namespace Unroll.Data;

/// <summary>Shows grey pictures as text, in a terminal or a log.</summary>
/// <example><code>
/// Picture.Show(test.FeaturesOf(7), rows: 28, columns: 28);
/// Console.WriteLine($"said to be a {Preprocessing.ArgMax(model.Predict(test.FeaturesOf(7)))}");
/// </code></example>
public static class Picture
{
    private const string Shades = " .:-=+*#%@";

    /// <summary>Writes a picture, two characters a pixel, so that it is as high as it is wide.</summary>
    /// <param name="pixels">rows × columns values: bright ones become dense characters.</param>
    /// <param name="rows">The height in pixels.</param>
    /// <param name="columns">The width in pixels.</param>
    /// <param name="writer">Where to. Default: <see cref="Console.Out"/>.</param>
    /// <exception cref="ArgumentException">There are not rows × columns pixels, or a number is not positive.</exception>
    public static void Show(ReadOnlySpan<float> pixels, int rows, int columns, TextWriter? writer = null) =>
        (writer ?? Console.Out).Write(ToText(pixels, rows, columns));

    /// <summary>A picture as lines of text, two characters a pixel, from blank for the darkest to @ for the brightest.</summary>
    /// <param name="pixels">rows × columns values of any range; NaN shows as ?.</param>
    /// <param name="rows">The height in pixels.</param>
    /// <param name="columns">The width in pixels.</param>
    /// <returns>A line for each row, each ended.</returns>
    /// <exception cref="ArgumentException">There are not rows × columns pixels, or a number is not positive.</exception>
    public static string ToText(ReadOnlySpan<float> pixels, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (pixels.Length != (long)rows * columns)
        {
            throw new ArgumentException(
                $"Expected {rows} × {columns} = {(long)rows * columns} pixels, but got {pixels.Length}.", nameof(pixels));
        }

        (float darkest, float brightest) = Range(pixels);
        var text = new StringBuilder();
        for (int row = 0; row < rows; row++)
        {
            foreach (float pixel in pixels.Slice(row * columns, columns))
            {
                text.Append(ShadeOf(pixel, darkest, brightest), 2);
            }

            text.Append(Environment.NewLine);
        }

        return text.ToString();
    }

    private static char ShadeOf(float pixel, float darkest, float brightest)
    {
        if (float.IsNaN(pixel))
        {
            return '?';
        }

        double share = brightest > darkest ? (Math.Clamp(pixel, darkest, brightest) - (double)darkest) / ((double)brightest - darkest) : 0;
        return Shades[(int)Math.Round(share * (Shades.Length - 1))];
    }

    private static (float Darkest, float Brightest) Range(ReadOnlySpan<float> pixels)
    {
        float darkest = float.PositiveInfinity;
        float brightest = float.NegativeInfinity;
        foreach (float pixel in pixels)
        {
            if (float.IsFinite(pixel))
            {
                darkest = Math.Min(darkest, pixel);
                brightest = Math.Max(brightest, pixel);
            }
        }

        // Where nothing is finite, all are as dark as black.
        return darkest <= brightest ? (darkest, brightest) : (0f, 0f);
    }
}
