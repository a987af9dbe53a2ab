using System.IO.Compression;
using Unroll.Data;

namespace Unroll.Samples;

/// <summary>The handwritten digits of the sample Digits, as they were scanned and as another scanner would have them.</summary>
internal static class DigitData
{
    private const int Side = 8;

    /// <summary>1,797 images of 8 × 8 pixels from 0 (paper) to 1 (ink), targets 0 to 9; see ../Digits/Data/ATTRIBUTION.md.</summary>
    public static Dataset Load()
    {
        const string Name = "digits.csv.gz";
        const string Label = "column65";
        const float Ink = 16f;

        using Stream resource = typeof(DigitData).Assembly.GetManifestResourceStream(Name)!;
        using var text = new StreamReader(new GZipStream(resource, CompressionMode.Decompress));
        Table table = Csv.Load(text, new CsvOptions { HasHeader = false }, Name);
        Dataset data = table.ToDataset(table.ColumnsExcept(Label), Label);
        return new Dataset(Array.ConvertAll(data.Features.ToArray(), static ink => ink / Ink), data.Targets.ToArray(), data.Count);
    }

    /// <summary>The same images from a scanner that is paler and lays the page a pixel to the right.</summary>
    public static Dataset Rescanned(Dataset images)
    {
        const float Contrast = 0.7f;
        float[] pixels = new float[images.Features.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = i % Side == 0 ? 0f : Contrast * images.Features[i - 1];
        }

        return new Dataset(pixels, images.Targets.ToArray(), images.Count);
    }

    /// <summary>Of the images of each digit only some: a share for each.</summary>
    public static Dataset Thinned(Dataset images, ReadOnlySpan<float> shares)
    {
        var rows = new List<int>();
        float[] due = new float[shares.Length];
        for (int row = 0; row < images.Count; row++)
        {
            int digit = (int)images.TargetOf(row)[0];
            due[digit] += shares[digit];
            if (due[digit] >= 1f)
            {
                due[digit]--;
                rows.Add(row);
            }
        }

        return Rows(images, rows);
    }

    /// <summary>The images of two data sets, one after the other.</summary>
    public static Dataset Joined(Dataset first, Dataset second) => new(
        [.. first.Features, .. second.Features], [.. first.Targets, .. second.Targets], first.Count + second.Count);

    private static Dataset Rows(Dataset images, List<int> rows)
    {
        float[] pixels = new float[rows.Count * images.FeatureSize];
        float[] digits = new float[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            images.FeaturesOf(rows[i]).CopyTo(pixels.AsSpan(i * images.FeatureSize));
            digits[i] = images.TargetOf(rows[i])[0];
        }

        return new Dataset(pixels, digits, rows.Count);
    }
}
