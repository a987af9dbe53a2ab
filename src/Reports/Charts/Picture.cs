using OxyPlot;

namespace Unroll.Reports.Charts;

/// <summary>Features that are a picture, as a PNG inside the page.</summary>
internal static class Picture
{
    private const int MostPixels = 128;

    /// <returns>Null where the shape is not that of a picture.</returns>
    public static string? DataUri(IReadOnlyList<int> shape, float[] features)
    {
        int channels = shape.Count == 3 ? shape[2] : 1;
        if (shape.Count is not (2 or 3) || channels is not (1 or 3) || shape[0] < 4 || shape[1] < 4 || shape[0] > MostPixels || shape[1] > MostPixels)
        {
            return null;
        }

        float low = features.Min(), scale = Math.Max(features.Max() - low, 1e-6f);
        var pixels = new OxyColor[shape[1], shape[0]];
        for (int y = 0; y < shape[0]; y++)
        {
            for (int x = 0; x < shape[1]; x++)
            {
                byte Level(int channel) => (byte)(255 * (features[(((y * shape[1]) + x) * channels) + (channel % channels)] - low) / scale);
                pixels[x, y] = OxyColor.FromRgb(Level(0), Level(1), Level(2));
            }
        }

        OxyImage image = OxyImage.Create(pixels, ImageFormat.Png);
        return $"data:image/png;base64,{Convert.ToBase64String(image.GetData())}";
    }
}
