using Unroll.Tests;

namespace Unroll.Data.Tests;

public class MnistTests
{
    [Fact]
    public void LoadsPlainAndGzippedFilesTogether()
    {
        using var directory = new TemporaryDirectory();
        WriteAll(directory);

        (Dataset train, Dataset test) = Mnist.Load(directory.Path);

        Assert.Equal((3, 4, 1), (train.Count, train.FeatureSize, train.TargetSize));
        Assert.Equal((2, 4, 1), (test.Count, test.FeatureSize, test.TargetSize));
        Assert.Equal([4 / 255f, 5 / 255f, 6 / 255f, 7 / 255f], train.FeaturesOf(1).ToArray());
        Assert.Equal([0f, 1f, 2f], train.Targets.ToArray());
    }

    [Theory]
    [InlineData("", "train-images.idx3-ubyte", "t10k-labels.idx1-ubyte")]
    [InlineData("MNIST/raw/", "train-images-idx3-ubyte", "t10k-labels-idx1-ubyte")]
    [InlineData("raw/", "train-images-idx3-ubyte", "t10k-labels-idx1-ubyte")]
    [InlineData("", "emnist-letters-train-images-idx3-ubyte", "emnist-letters-test-labels-idx1-ubyte")]
    [InlineData("", "train-images-idx3-ubyte/train-images-idx3-ubyte", "t10k-labels-idx1-ubyte/t10k-labels-idx1-ubyte")]
    [InlineData("", "train_images_idx3_ubyte.gz", "test_labels_idx1_ubyte.gz")]
    public void FindsTheFilesUnderTheirOtherNames(string folder, string trainImages, string testLabels)
    {
        using var directory = new TemporaryDirectory();
        string testImages = testLabels.Replace("labels", "images").Replace("idx1", "idx3");
        string trainLabels = trainImages.Replace("images", "labels").Replace("idx3", "idx1");
        byte[][] contents = [IdxBytes.Images(3, 2, 2), IdxBytes.Labels(3), IdxBytes.Images(2, 2, 2), IdxBytes.Labels(2)];
        foreach ((string name, byte[] content) in new[] { trainImages, trainLabels, testImages, testLabels }.Zip(contents))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(directory.Path, folder + name))!);
            directory.Write(folder + name, name.EndsWith(".gz") ? TemporaryDirectory.Gzipped(content) : content);
        }

        (Dataset train, Dataset test) = Mnist.Load(directory.Path);

        Assert.Equal((3, 2), (train.Count, test.Count));
    }

    [Fact]
    public void RefusesTheFilesOfSeveralDataSets()
    {
        using var directory = new TemporaryDirectory();
        WriteAll(directory);
        directory.Write("emnist-digits-train-labels-idx1-ubyte", IdxBytes.Labels(3));

        Assert.Contains("'emnist-digits-'", Assert.Throws<InvalidDataException>(() => Mnist.Load(directory.Path)).Message);
    }

    [Fact]
    public void LoadsFromStreams()
    {
        Stream trainImages = new MemoryStream(TemporaryDirectory.Gzipped(IdxBytes.Images(3, 2, 2)));
        Stream Labels(int count) => new MemoryStream(IdxBytes.Labels(count));

        (Dataset train, Dataset test) = Mnist.Load(trainImages, Labels(3), new MemoryStream(IdxBytes.Images(2, 2, 2)), Labels(2));

        Assert.Equal((3, 2, 4), (train.Count, test.Count, test.FeatureSize));
        Assert.StartsWith(
            "testLabels: expected 2 labels",
            Assert.Throws<InvalidDataException>(() => Mnist.Load(
                new MemoryStream(IdxBytes.Images(3, 2, 2)), Labels(3), new MemoryStream(IdxBytes.Images(2, 2, 2)), Labels(4))).Message);
    }

    [Fact]
    public void NamesAMissingDirectoryAndTheFilesItNeeds()
    {
        string message = Assert.Throws<DirectoryNotFoundException>(() => Mnist.Load("no/such/place")).Message;

        Assert.Contains("'no/such/place'", message);
        Assert.All(s_files, file => Assert.Contains(file, message));
    }

    [Fact]
    public void NamesAMissingFile()
    {
        using var directory = new TemporaryDirectory();
        WriteAll(directory);
        File.Delete(Path.Combine(directory.Path, "t10k-labels-idx1-ubyte"));

        var error = Assert.Throws<FileNotFoundException>(() => Mnist.Load(directory.Path));

        Assert.Contains("'t10k-labels-idx1-ubyte'", error.Message);
        Assert.Contains(directory.Path, error.Message);
        Assert.All(s_files, file => Assert.Contains(file, error.Message));
    }

    [Fact]
    public void RefusesAnotherNumberOfLabels()
    {
        using var directory = new TemporaryDirectory();
        WriteAll(directory);
        string path = directory.Write("train-labels-idx1-ubyte", IdxBytes.Labels(4));

        string message = Assert.Throws<InvalidDataException>(() => Mnist.Load(directory.Path)).Message;

        Assert.StartsWith($"{path}: expected 3 labels", message);
        Assert.EndsWith("but found 4.", message);
    }

    [Fact]
    public void RefusesTestImagesOfAnotherSize()
    {
        using var directory = new TemporaryDirectory();
        WriteAll(directory);
        directory.Write("t10k-images-idx3-ubyte", IdxBytes.Images(2, 3, 3));

        Assert.Contains("images of 4 pixels", Assert.Throws<InvalidDataException>(() => Mnist.Load(directory.Path)).Message);
    }

    [Fact]
    public void LoadsTheRealDigits()
    {
        (Dataset train, Dataset test) = Mnist.Load(SharedData.PathOf("mnist"));

        Assert.Equal((60_000, 784), (train.Count, train.FeatureSize));
        Assert.Equal((10_000, 784), (test.Count, test.FeatureSize));
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], CountLabels(train));
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], CountLabels(test));
        Assert.Equal(0.1307, MeanOf(train.Features), 4);
    }

    private static readonly string[] s_files =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    private static void WriteAll(TemporaryDirectory directory)
    {
        directory.Write("train-images-idx3-ubyte.gz", TemporaryDirectory.Gzipped(IdxBytes.Images(3, 2, 2)));
        directory.Write("train-labels-idx1-ubyte", IdxBytes.Labels(3));
        directory.Write("t10k-images-idx3-ubyte", IdxBytes.Images(2, 2, 2));
        directory.Write("t10k-labels-idx1-ubyte", IdxBytes.Labels(2));
    }

    private static int[] CountLabels(Dataset data)
    {
        int[] counts = new int[10];
        foreach (float label in data.Targets)
        {
            counts[(int)label]++;
        }

        return counts;
    }

    private static double MeanOf(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
