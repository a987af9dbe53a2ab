using Unroll.Serialization;

namespace Unroll.Shift.Tests.Drift;

public sealed class DriftReferenceTests
{
    [Fact]
    public void ASavedReferenceIsTheSame()
    {
        DriftReference reference = Reference();
        using var file = new TemporaryFile("reference.safetensors");

        reference.Save(file.Path);
        DriftReference again = DriftReference.Load(file.Path);

        Assert.Equal((3, 1, 500), (again.FeatureSize, again.OutputSize, again.Count));
        using var first = new DriftMonitor(reference);
        using var second = new DriftMonitor(again);
        for (int feature = 0; feature < 3; feature++)
        {
            Golden.AssertClose(first.ExpectedDelay(feature, 1f), second.ExpectedDelay(feature, 1f), 1e-5);
        }
    }

    [Fact]
    public void TiedValuesKeepTheirFrequencies()
    {
        float[] sorted = [.. Enumerable.Repeat(0f, 700), .. Enumerable.Repeat(1f, 250), .. Enumerable.Repeat(4f, 50)];

        ReferenceBins bins = ReferenceBins.Of(sorted);

        Assert.Equal([0.5f, 2.5f], bins.Cuts);
        Assert.Equal([0.7, 0.25, 0.05], bins.Masses);
    }

    [Fact]
    public void EvenValuesGiveEvenIntervals()
    {
        ReferenceBins bins = ReferenceBins.Of([.. Enumerable.Range(0, 6400).Select(static value => (float)value)]);

        Assert.Equal(64, bins.Masses.Length);
        Assert.All(bins.Masses, static mass => Assert.Equal(1.0 / 64, mass));
        double[] moved = bins.MassesAfter(100);
        Assert.Equal(0, moved[0], 3);
        Assert.Equal(2.0 / 64, moved[^1], 3);
        Assert.Equal(1, moved.Sum(), 9);
    }

    [Fact]
    public void RefusesTooFewSamplesAndWhatIsNotFinite()
    {
        var draws = new Draws(1);

        Assert.Contains("100", Assert.Throws<ArgumentException>(() => DriftReference.Create(draws.Normal(99, 2), new float[99])).Message);
        Assert.Contains("150", Assert.Throws<ArgumentException>(() => DriftReference.Create(draws.Normal(150, 2), new float[151])).Message);
        float[] predictions = new float[150];
        predictions[7] = float.NaN;
        Assert.Contains("row 7", Assert.Throws<ArgumentException>(() => DriftReference.Create(draws.Normal(150, 2), predictions)).Message);
    }

    [Theory]
    [InlineData("format", "weights", "format is weights")]
    [InlineData("features", "many", "number of features, but it is many")]
    [InlineData("samples", "0", "number of samples, but it is 0")]
    [InlineData("features", "9", "more variables than its 9 features, but found 4")]
    public void RefusesOtherMetadata(string key, string value, string message) =>
        AssertRefused((tensors, metadata) => metadata[key] = value, message);

    [Theory]
    [InlineData("cuts", "'cuts' of shape [4, 63], but it is missing")]
    [InlineData("masses", "'masses' of shape [4, 64], but it is missing")]
    [InlineData("moments", "'moments' of shape [4, 4], but it is missing")]
    public void RefusesAMissingTensor(string name, string message) => AssertRefused(
        (tensors, _) =>
        {
            int place = tensors.FindIndex(tensor => tensor.Name == name);
            tensors[place] = tensors[place] with { Name = "other" };
        },
        message);

    [Theory]
    [InlineData("cuts", 2, -100f, "cuts of variable 0 must ascend")]
    [InlineData("masses", 64, -1f, "masses of variable 1 must be two or more, positive, and sum to 1")]
    [InlineData("masses", 64, 0.5f, "masses of variable 1 must be two or more, positive, and sum to 1")]
    [InlineData("moments", 0, float.NaN, "moments of variable 0 must be finite")]
    public void RefusesValuesThatCannotBe(string name, int at, float value, string message) => AssertRefused(
        (tensors, _) =>
        {
            int place = tensors.FindIndex(tensor => tensor.Name == name);
            float[] values = tensors[place].Values.ToArray();
            values[at] = value;
            tensors[place] = tensors[place] with { Values = values };
        },
        message);

    private static void AssertRefused(Action<List<NamedTensor>, Dictionary<string, string>> damage, string message)
    {
        using var file = new TemporaryFile("reference.safetensors");
        Reference().Save(file.Path);
        List<NamedTensor> tensors;
        Dictionary<string, string> metadata;
        using (SafetensorsReader reader = SafetensorsReader.Open(file.Path))
        {
            tensors = [.. reader.Read(reader.Entries)];
            metadata = new Dictionary<string, string>(reader.Metadata);
        }

        damage(tensors, metadata);
        SafetensorsFile.Write(file.Path, tensors, metadata);

        string text = Assert.Throws<InvalidDataException>(() => DriftReference.Load(file.Path)).Message;

        Assert.Contains(message, text);
        Assert.StartsWith(file.Path, text);
    }

    private static DriftReference Reference()
    {
        var draws = new Draws(2);
        return DriftReference.Create(draws.Normal(500, 3), draws.Normal(500, 1).Features);
    }
}
