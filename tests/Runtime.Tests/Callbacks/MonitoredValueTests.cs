namespace Unroll.Runtime.Tests.Callbacks;

/// <summary>A monitor that does not exist, in every callback that has one.</summary>
public sealed class MonitoredValueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>One whose direction nobody knows is an error when training begins.</summary>
    [Theory]
    [InlineData(nameof(EarlyStopping))]
    [InlineData(nameof(ReduceLROnPlateau))]
    [InlineData(nameof(ModelCheckpoint))]
    public void IsAnErrorWhenTrainingBegins(string callback)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new FakeFit(Create(callback, "val_acuracy", MonitorMode.Auto)).Run("loss", 1f));

        Assert.Equal("monitor", error.ParamName);
        Assert.StartsWith($"{callback} cannot tell whether 'val_acuracy' should rise or fall", error.Message, StringComparison.Ordinal);
        Assert.Contains("loss, accuracy, mean_absolute_error", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The message names what can be watched, and nothing where there is nothing.</summary>
    [Fact]
    public void NamesTheLossAloneWhereThereAreNoMetrics() => Assert.StartsWith(
        "EarlyStopping cannot tell whether 'nope' should rise or fall: pass MonitorMode.Min or MonitorMode.Max, "
        + "or watch one of these, or with val_ before the name one of the validation: loss. (",
        Assert.Throws<ArgumentException>(() => new FakeFit(new EarlyStopping("nope")) { Metrics = [] }.Run("loss", 1f)).Message,
        StringComparison.Ordinal);

    /// <summary>One whose direction is known is a warning, once, as in Keras.</summary>
    [Theory]
    [InlineData(nameof(EarlyStopping))]
    [InlineData(nameof(ReduceLROnPlateau))]
    [InlineData(nameof(ModelCheckpoint))]
    public void IsAWarningWhereTheDirectionIsKnown(string callback)
    {
        var fit = new FakeFit(Create(callback, "val_acuracy", MonitorMode.Max));
        Assert.Equal(2, fit.Run("loss", 1f, 1f));
        Assert.StartsWith(
            $"{callback} watches 'val_acuracy', which is not available. Available are: loss", Assert.Single(fit.Warnings), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Callback Create(string callback, string monitor, MonitorMode mode) => callback switch
    {
        nameof(EarlyStopping) => new EarlyStopping(monitor, mode: mode),
        nameof(ReduceLROnPlateau) => new ReduceLROnPlateau(monitor, mode: mode),
        _ => new ModelCheckpoint(_folder["best.safetensors"], monitor, saveBestOnly: true, mode: mode),
    };
}
