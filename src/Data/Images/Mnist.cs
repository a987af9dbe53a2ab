namespace Unroll.Data;

/// <summary>Loads the MNIST handwritten digits, or any data set published as the same four files (Fashion-MNIST, KMNIST).</summary>
/// <remarks>
/// LeCun, Cortes and Burges, "The MNIST database of handwritten digits": 60,000 images of 28 × 28 to train on and 10,000 to test
/// with. The directory holds the four files, each with or without <c>.gz</c>: <c>train-images-idx3-ubyte</c>,
/// <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c>, <c>t10k-labels-idx1-ubyte</c>; or their other usual names: dots in
/// place of dashes, <c>test</c> in place of <c>t10k</c>, a common prefix as EMNIST's <c>emnist-digits-</c> (whose images are transposed),
/// each in a folder of its name, and torchvision's folder <c>MNIST/raw</c>.
/// </remarks>
/// <example><code>
/// (Dataset train, Dataset test) = Mnist.Load("data/mnist");
/// model.Fit(train, epochs: 5);
/// </code></example>
public static class Mnist
{
    private const string TrainImages = "train-images-idx3-ubyte";
    private const string TrainLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";

    /// <summary>Reads the four IDX files of a directory.</summary>
    /// <param name="directory">The directory that holds them, gzipped or not.</param>
    /// <returns>
    /// The training and the test part. Features: rows · columns pixels divided by 255 (784 for MNIST). Targets: the label,
    /// width 1.
    /// </returns>
    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
    /// <exception cref="FileNotFoundException">One of the four files is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the files do not belong together or are those of several data sets.</exception>
    public static (Dataset Train, Dataset Test) Load(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        // All four are looked for first: a missing one is reported before any long reading, not after.
        var files = new MnistFiles(directory);
        string[] paths = [files.Find(TrainImages), files.Find(TrainLabels), files.Find(TestImages), files.Find(TestLabels)];
        return Load(
            (Idx.ReadImages(paths[0]), paths[0]),
            (Idx.ReadLabels(paths[1]), paths[1]),
            (Idx.ReadImages(paths[2]), paths[2]),
            (Idx.ReadLabels(paths[3]), paths[3]));
    }

    /// <summary>Reads the four IDX files from streams, gzipped or not, such as embedded resources. They stay open.</summary>
    /// <param name="trainImages">The images to train on.</param>
    /// <param name="trainLabels">Their labels.</param>
    /// <param name="testImages">The images to test with.</param>
    /// <param name="testLabels">Their labels.</param>
    /// <returns>As for a directory.</returns>
    /// <exception cref="ArgumentNullException">A stream is null.</exception>
    /// <exception cref="InvalidDataException">The data are damaged, or do not belong together.</exception>
    public static (Dataset Train, Dataset Test) Load(Stream trainImages, Stream trainLabels, Stream testImages, Stream testLabels) => Load(
        (Idx.ReadImages(trainImages, nameof(trainImages)), nameof(trainImages)),
        (Idx.ReadLabels(trainLabels, nameof(trainLabels)), nameof(trainLabels)),
        (Idx.ReadImages(testImages, nameof(testImages)), nameof(testImages)),
        (Idx.ReadLabels(testLabels, nameof(testLabels)), nameof(testLabels)));

    private static (Dataset Train, Dataset Test) Load(
        (IdxImages Images, string Name) trainImages,
        (byte[] Labels, string Name) trainLabels,
        (IdxImages Images, string Name) testImages,
        (byte[] Labels, string Name) testLabels)
    {
        Dataset train = Part(trainImages, trainLabels);
        Dataset test = Part(testImages, testLabels);
        return train.FeatureSize == test.FeatureSize
            ? (train, test)
            : throw new InvalidDataException(
                $"{testImages.Name}: expected images of {train.FeatureSize} pixels as in {trainImages.Name}, but found {test.FeatureSize}.");
    }

    private static Dataset Part((IdxImages Images, string Name) images, (byte[] Labels, string Name) labels) =>
        labels.Labels.Length == images.Images.Count
            ? new Dataset(
                images.Images.ToFeatures(), Array.ConvertAll(labels.Labels, static label => (float)label), images.Images.Count)
            : throw new InvalidDataException($"{labels.Name}: expected {images.Images.Count} labels, one for each image of {images.Name}, "
                + $"but found {labels.Labels.Length}.");
}
