namespace Unroll.Data;

/// <summary>Grey images of one size, as an IDX file holds them: Count × Rows × Columns bytes.</summary>
/// <example><code>
/// IdxImages images = Idx.ReadImages("t10k-images-idx3-ubyte.gz");
/// float[] inputs = images.ToFeatures();   // images.Count × (images.Rows * images.Columns), 0 to 1
/// </code></example>
public sealed class IdxImages
{
    internal IdxImages(int count, int rows, int columns, byte[] pixels)
    {
        Count = count;
        Rows = rows;
        Columns = columns;
        Pixels = pixels;
    }

    /// <summary>The number of images.</summary>
    public int Count { get; }

    /// <summary>The height of an image in pixels.</summary>
    public int Rows { get; }

    /// <summary>The width of an image in pixels.</summary>
    public int Columns { get; }

    /// <summary>All pixels, image after image, each row by row: Count × Rows × Columns values of 0 to 255.</summary>
    public byte[] Pixels { get; }

    /// <summary>Writes one image as text, as <see cref="Picture"/> does.</summary>
    /// <param name="index">Which, counted from 0.</param>
    /// <param name="writer">Where to. Default: <see cref="Console.Out"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    /// <example><code>Idx.ReadImages("t10k-images-idx3-ubyte.gz").Show(7);</code></example>
    public void Show(int index, TextWriter? writer = null)
    {
        if ((uint)index >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"Expected an image in 0..{Count - 1}.");
        }

        byte[] pixels = Pixels[(index * Rows * Columns)..((index + 1) * Rows * Columns)];
        Picture.Show(Array.ConvertAll(pixels, static pixel => (float)pixel), Rows, Columns, writer);
    }

    /// <summary>The pixels divided by 255.</summary>
    /// <returns>Count × (Rows · Columns) values of 0 to 1, row-major.</returns>
    public float[] ToFeatures()
    {
        float[] features = new float[Pixels.Length];
        for (int i = 0; i < features.Length; i++)
        {
            features[i] = Pixels[i] / 255f;
        }

        return features;
    }
}
