namespace Unroll.Runtime.Tests.Callbacks;

public sealed class ModelCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _saved = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryEpochIsSavedUnderItsNumberAndValues()
    {
        using var culture = new ForeignCulture();
        Fit("m{epoch:02d}-{val_loss:.2f}-{val_loss:F1}-{epoch}").Run("val_loss", 0.5f, 0.75f);
        Assert.Equal(["m01-0.50-0.5-1", "m02-0.75-0.8-2"], _saved);
    }

    [Fact]
    public void OnlyTheBestIsSaved()
    {
        Fit("m{epoch}", saveBestOnly: true).Run("val_loss", 2f, 3f, 1f, 1f, float.NaN, 0.5f);
        Assert.Equal(["m1", "m3", "m6"], _saved);
    }

    [Fact]
    public void TheThresholdSeedsTheBestAndTheBestLastsFromFitToFit()
    {
        ModelCheckpoint checkpoint = Checkpoint("m{epoch}", saveBestOnly: true, initialValueThreshold: 1f);
        new FakeFit(checkpoint).Run("val_loss", 2f, 0.9f);
        new FakeFit(checkpoint).Run("val_loss", 0.95f, 0.5f);
        Assert.Equal(["m2", "m2"], _saved);
    }

    [Fact]
    public void AFrequencyCountsBatchesAcrossEpochs()
    {
        ModelCheckpoint checkpoint = Checkpoint("{epoch}-{batch}", saveFrequency: 2);
        new FakeFit(checkpoint) { Batches = 3 }.Run("loss", 1f, 1f);
        Assert.Equal(["1-2", "2-1", "2-3"], _saved);
    }

    [Fact]
    public void WithoutTheWatchedValueTheModelIsSavedAndAWarningGiven()
    {
        FakeFit fit = Fit("m{epoch}", saveBestOnly: true);
        fit.Run("loss", 1f, 1f);
        Assert.Equal(["m1", "m2"], _saved);
        Assert.Equal(["ModelCheckpoint watches 'val_loss', which is not available. Available are: loss."], fit.Warnings);
    }

    [Fact]
    public void MissingFoldersAreMade()
    {
        string path = _folder["deep/er/m"];
        new FakeFit(new ModelCheckpoint(path) { Save = (_, file) => File.WriteAllText(file, "weights") }).Run("loss", 1f);
        Assert.Equal("weights", File.ReadAllText(path));
    }

    [Fact]
    public void BadPlaceholdersAreNamed()
    {
        Assert.Contains("{speed}", Assert.Throws<ArgumentException>(() => Fit("{speed}").Run("loss", 1f)).Message);
        Assert.Contains("'Q9'", Assert.Throws<ArgumentException>(() => Fit("{epoch:Q9}").Run("loss", 1f)).Message);
        Assert.Throws<ArgumentException>(() => new ModelCheckpoint("m{epoch"));
        Assert.Equal(
            "initialValueThreshold",
            Assert.Throws<ArgumentOutOfRangeException>(() => new ModelCheckpoint("m", initialValueThreshold: float.NaN)).ParamName);
        Assert.Equal(
            "saveFrequency", Assert.Throws<ArgumentOutOfRangeException>(() => new ModelCheckpoint("m", saveFrequency: 0)).ParamName);
    }

    [Theory]
    [InlineData("epoch:zz")]
    [InlineData("epoch:0999999999d")]
    [InlineData("epoch:D999999999")]
    [InlineData("epoch:33d")]
    [InlineData("epoch:'x'")]
    [InlineData("epoch:0.0.0")]
    [InlineData("epoch:000000000000000000000000000000000")]
    [InlineData("epoch:/")]
    [InlineData("val_loss:02d")]
    [InlineData("val_loss:X")]
    [InlineData("val_loss:.33f")]
    [InlineData("val_loss:.f")]
    [InlineData("val_loss:..2f")]
    [InlineData("val_loss:F100")]
    [InlineData("val_loss:.2f\n")]
    public void WhatIsNoFormatIsRefusedAtOnce(string placeholder) => Assert.Contains(
        $"'{placeholder.Split(':')[1]}' is not a format", Assert.Throws<ArgumentException>(() => new ModelCheckpoint($"m{{{placeholder}}}")).Message);

    /// <summary>Expected: Python's own, <c>"{:08.3f}".format(0.5)</c>.</summary>
    [Theory]
    [InlineData("{epoch:3d}", "  1")]
    [InlineData("{epoch:d}", "1")]
    [InlineData("{epoch:.1f}", "1.0")]
    [InlineData("{val_loss:f}", "-0.500000")]
    [InlineData("{val_loss:08.3f}", "-000.500")]
    [InlineData("{val_loss:8.3f}", "  -0.500")]
    public void FormatsOfPythonMeanWhatTheyMeanThere(string path, string expected)
    {
        Fit(path).Run("val_loss", -0.5f);
        Assert.Equal([expected], _saved);
    }

    private FakeFit Fit(string path, bool saveBestOnly = false) => new(Checkpoint(path, saveBestOnly));

    private ModelCheckpoint Checkpoint(
        string path, bool saveBestOnly = false, int? saveFrequency = null, float? initialValueThreshold = null) =>
        new(path, saveBestOnly: saveBestOnly, saveFrequency: saveFrequency, initialValueThreshold: initialValueThreshold)
        {
            Save = (_, file) => _saved.Add(file),
        };
}
