namespace Unroll.Runtime.Tests.Callbacks;

public sealed class CsvLoggerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OneLineAnEpochWithInvariantNumbers()
    {
        using var culture = new ForeignCulture();
        new FakeFit(new CsvLogger(_folder["log.csv"]))
            .Run([("loss", 0.5f), ("val_loss", 1e-7f)], [("loss", float.NaN), ("val_loss", 0.1f)]);
        Assert.Equal("epoch,loss,val_loss\n0,0.5,1E-07\n1,NaN,0.1\n", File.ReadAllText(_folder["log.csv"]));
    }

    [Fact]
    public void AMissingValueIsMarkedAndALateOneLeftOut()
    {
        new FakeFit(new CsvLogger(_folder["log.csv"], separator: ";"))
            .Run([("loss", 1f), ("val_loss", 2f)], [("loss", 3f), ("late", 4f)]);
        Assert.Equal("epoch;loss;val_loss\n0;1;2\n1;3;NA\n", File.ReadAllText(_folder["log.csv"]));
    }

    [Fact]
    public void AnExistingFileIsReplacedOrContinued()
    {
        new FakeFit(new CsvLogger(_folder["log.csv"])).Run("loss", 9f, 9f);
        new FakeFit(new CsvLogger(_folder["log.csv"])).Run("loss", 1f);
        new FakeFit(new CsvLogger(_folder["log.csv"], append: true)).Run("loss", 2f);
        new FakeFit(new CsvLogger(_folder["new.csv"], append: true)).Run("loss", 3f);
        Assert.Equal("epoch,loss\n0,1\n0,2\n", File.ReadAllText(_folder["log.csv"]));
        Assert.Equal("epoch,loss\n0,3\n", File.ReadAllText(_folder["new.csv"]));
    }

    [Fact]
    public void WhatIsNoWritableFileIsRefusedBeforeTraining()
    {
        Assert.Throws<IOException>(() => new FakeFit(new CsvLogger(_folder["."])).Run("loss", 1f));
        File.WriteAllText(_folder["log.csv"], "old");
        File.SetAttributes(_folder["log.csv"], FileAttributes.ReadOnly);
        Assert.Throws<UnauthorizedAccessException>(() => new FakeFit(new CsvLogger(_folder["log.csv"])).Run("loss", 1f));
        Assert.Equal("old", File.ReadAllText(_folder["log.csv"]));
        File.SetAttributes(_folder["log.csv"], FileAttributes.Normal);
    }

    [Fact]
    public void ALinkLeadsToTheLog()
    {
        File.WriteAllText(_folder["real"], "epoch,loss\n0,9\n");
        File.CreateSymbolicLink(_folder["log.csv"], "real");
        new FakeFit(new CsvLogger(_folder["log.csv"], append: true)).Run("loss", 2f);
        Assert.Equal("epoch,loss\n0,9\n0,2\n", File.ReadAllText(_folder["real"]));
        new FakeFit(new CsvLogger(_folder["log.csv"])).Run("loss", 3f);
        Assert.Equal("epoch,loss\n0,3\n", File.ReadAllText(_folder["real"]));
        Assert.NotNull(new FileInfo(_folder["log.csv"]).LinkTarget);
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Equal("path", Assert.Throws<ArgumentException>(() => new CsvLogger(" ")).ParamName);
        foreach (string separator in new[] { "", "\n", "\r\n", "\"" })
        {
            Assert.Equal("separator", Assert.Throws<ArgumentException>(() => new CsvLogger("log.csv", separator)).ParamName);
        }
    }
}
