namespace Unroll.Data;

/// <summary>Reads IDX files, the format of MNIST and its relatives: a big-endian header, then unsigned bytes.</summary>
/// <remarks>
/// Images: magic number 2051, count, rows, columns, then count × rows × columns bytes. Labels: magic number 2049, count, then
/// count bytes. A header is believed only as far as bytes follow it: nothing of the size it claims is allocated before they do. Of
/// gzipped files, length and checksum are verified before a value is given out.
/// </remarks>
/// <example><code>
/// IdxImages images = Idx.ReadImages("train-images-idx3-ubyte.gz");
/// byte[] labels = Idx.ReadLabels("train-labels-idx1-ubyte.gz");
///
/// using Stream resource = typeof(Program).Assembly.GetManifestResourceStream("test-images.gz")!;
/// IdxImages embedded = Idx.ReadImages(resource);
/// </code></example>
public static class Idx
{
    private const uint ImagesMagic = 2051;
    private const uint LabelsMagic = 2049;

    /// <summary>Reads a file of images, gzipped or not.</summary>
    /// <param name="path">The file; its first bytes tell whether it is gzipped.</param>
    /// <returns>The images, as bytes.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is not an IDX file of images, or is cut short, too long or damaged.</exception>
    public static IdxImages ReadImages(string path) => DataFile.Read(path, stream => ImagesOf(stream, path));

    /// <summary>Reads images from a stream up to its end, gzipped or not, such as an embedded resource. It stays open.</summary>
    /// <param name="stream">The data; the first bytes tell whether they are gzipped.</param>
    /// <param name="name">What error messages call the stream.</param>
    /// <returns>The images, as bytes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="InvalidDataException">The data are not IDX images, or are cut short, too long or damaged.</exception>
    public static IdxImages ReadImages(Stream stream, string name = "IDX stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return DataFile.Read(stream, name, content => ImagesOf(content, name));
    }

    /// <summary>Reads a file of labels, gzipped or not.</summary>
    /// <param name="path">The file; its first bytes tell whether it is gzipped.</param>
    /// <returns>One label for each sample.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is not an IDX file of labels, or is cut short, too long or damaged.</exception>
    public static byte[] ReadLabels(string path) => DataFile.Read(path, stream => LabelsOf(stream, path));

    /// <summary>Reads labels from a stream up to its end, gzipped or not, such as an embedded resource. It stays open.</summary>
    /// <param name="stream">The data; the first bytes tell whether they are gzipped.</param>
    /// <param name="name">What error messages call the stream.</param>
    /// <returns>One label for each sample.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="InvalidDataException">The data are not IDX labels, or are cut short, too long or damaged.</exception>
    public static byte[] ReadLabels(Stream stream, string name = "IDX stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return DataFile.Read(stream, name, content => LabelsOf(content, name));
    }

    private static IdxImages ImagesOf(Stream stream, string name)
    {
        var content = new IdxContent(stream, name);
        int[] shape = content.ReadShape(ImagesMagic, "images", "rows", "columns");
        return new IdxImages(shape[0], shape[1], shape[2], content.ReadBody());
    }

    private static byte[] LabelsOf(Stream stream, string name)
    {
        var content = new IdxContent(stream, name);
        content.ReadShape(LabelsMagic, "labels");
        return content.ReadBody();
    }
}
