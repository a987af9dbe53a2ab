namespace Unroll.Data;

/// <summary>Loads the MNIST handwritten digits, or any data set published as the same four files (Fashion-MNIST, KMNIST).</summary>
/// <remarks>
/// LeCun, Cortes and Burges, "The MNIST database of handwritten digits": 60,000 images of 28 × 28 to train on and 10,000 to test
/// with. The directory holds the four files, each with or without <c>.gz</c>: <c>train-images-idx3-ubyte</c>,
/// <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c>, <c>t10k-labels-idx1-ubyte</c>.
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

    private const string Expected =
        $"Expected the four files {TrainImages}, {TrainLabels}, {TestImages} and {TestLabels} there, each with or without .gz.";

    /// <summary>Reads the four IDX files of a directory.</summary>
    /// <param name="directory">The directory that holds them, gzipped or not.</param>
    /// <returns>
    /// The training and the test part. Features: rows · columns pixels divided by 255 (784 for MNIST). Targets: the label,
    /// width 1.
    /// </returns>
    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
    /// <exception cref="FileNotFoundException">One of the four files is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the files do not belong together.</exception>
    public static (Dataset Train, Dataset Test) Load(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException($"The directory '{directory}' does not exist. {Expected}");
        }

        // All four are looked for first: a missing one is reported before any long reading, not after.
        string trainImages = Find(directory, TrainImages);
        string trainLabels = Find(directory, TrainLabels);
        string testImages = Find(directory, TestImages);
        string testLabels = Find(directory, TestLabels);

        Dataset train = LoadPart(trainImages, trainLabels);
        Dataset test = LoadPart(testImages, testLabels);
        if (train.FeatureSize != test.FeatureSize)
        {
            throw new InvalidDataException(
                $"{testImages}: expected images of {train.FeatureSize} pixels as in {trainImages}, but found {test.FeatureSize}.");
        }

        return (train, test);
    }

    private static string Find(string directory, string name)
    {
        string plain = Path.Combine(directory, name);
        string gzipped = plain + ".gz";
        return File.Exists(plain) ? plain
            : File.Exists(gzipped) ? gzipped
            : throw new FileNotFoundException($"The directory '{directory}' has no file '{name}' or '{name}.gz'. {Expected}", plain);
    }

    private static Dataset LoadPart(string imagesPath, string labelsPath)
    {
        byte[] labels = Idx.ReadLabels(labelsPath);
        IdxImages images = Idx.ReadImages(imagesPath);
        if (labels.Length != images.Count)
        {
            throw new InvalidDataException(
                $"{labelsPath}: expected {images.Count} labels, one for each image of {imagesPath}, but found {labels.Length}.");
        }

        return new Dataset(images.ToFeatures(), Array.ConvertAll(labels, static label => (float)label), images.Count);
    }
}
