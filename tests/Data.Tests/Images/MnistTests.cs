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
