namespace Unroll.Runtime.Tests.Callbacks;

/// <summary>Scenarios worked out by hand from keras/src/callbacks/early_stopping.py.</summary>
public class EarlyStoppingTests
{
    [Fact]
    public void WithoutPatienceTheFirstEpochThatDoesNotImproveEndsTraining()
    {
        var stopping = new EarlyStopping();
        Assert.Equal(3, new FakeFit(stopping).Run("val_loss", 3f, 2f, 2f, 1f));
        Assert.Equal(2, stopping.StoppedEpoch);
        Assert.Equal(1, stopping.BestEpoch);
    }

    [Fact]
    public void PatienceCountsEpochsWithoutImprovementInARow()
    {
        // best 3, wait 1, best 2 (wait 0), wait 1, wait 2 = patience.
        Assert.Equal(5, new FakeFit(new EarlyStopping(patience: 2)).Run("val_loss", 3f, 4f, 2f, 2.5f, 2f, 1f));
    }

    [Fact]
    public void TheFirstEpochNeverEndsTraining()
    {
        // NaN is no improvement: wait reaches the patience in epoch 0 already, but only epoch 1 stops.
        Assert.Equal(2, new FakeFit(new EarlyStopping()).Run("val_loss", float.NaN, float.NaN, 1f));
    }

    [Fact]
    public void AnImprovementMustExceedMinDelta()
    {
        // 0.75 + 0.25 < 1 is false; 0.5 + 0.25 < 1 is true.
        Assert.Equal(2, new FakeFit(new EarlyStopping(minDelta: 0.25f)).Run("val_loss", 1f, 0.75f, 0.1f));
        Assert.Equal(3, new FakeFit(new EarlyStopping(minDelta: -0.25f)).Run("val_loss", 1f, 0.5f, 0.5f, 0.1f));
    }

    [Fact]
    public void AMetricThatShouldRiseIsWatchedUpwards()
    {
        Assert.Equal(3, new FakeFit(new EarlyStopping("val_accuracy")).Run("val_accuracy", 0.1f, 0.2f, 0.2f, 0.3f));
        Assert.Equal(2, new FakeFit(new EarlyStopping("mean_absolute_error")).Run("mean_absolute_error", 0.1f, 0.2f, 0.3f));
        Assert.Equal(2, new FakeFit(new EarlyStopping("accuracy", mode: MonitorMode.Min)).Run("accuracy", 0.1f, 0.2f, 0.3f));
        Assert.Equal(3, new FakeFit(new EarlyStopping("loss", mode: MonitorMode.Max)).Run("loss", 0.1f, 0.2f, 0.2f, 0.4f));
    }

    [Fact]
    public void ImprovementsThatMissTheBaselineDoNotRestartTheWaiting()
    {
        // Every epoch improves on the last, none on 0.5; wait is 1, 2, 3 and an improving epoch itself never stops.
        Assert.Equal(5, new FakeFit(new EarlyStopping(patience: 2, baseline: 0.5f)).Run("val_loss", 0.9f, 0.8f, 0.7f, 0.6f, 0.6f, 0.1f));

        // 0.4 beats the baseline: the waiting starts anew.
        Assert.Equal(4, new FakeFit(new EarlyStopping(patience: 2, baseline: 0.5f)).Run("val_loss", 0.9f, 0.4f, 0.6f, 0.6f, 0.1f));
    }

    [Fact]
    public void TheBestWeightsComeBackAfterAnEarlyStop()
    {
        var fit = new FakeFit(new EarlyStopping(patience: 2, restoreBestWeights: true));
        Assert.Equal(4, fit.Run("val_loss", 3f, 1f, 2f, 2f, 0f));
        Assert.Equal(1f, fit.Model.Weight);
    }

    [Fact]
    public void TheBestWeightsComeBackWithoutAnEarlyStopToo()
    {
        var fit = new FakeFit(new EarlyStopping(patience: 10, restoreBestWeights: true));
        Assert.Equal(4, fit.Run("val_loss", 3f, 1f, 2f, 2f));
        Assert.Equal(1f, fit.Model.Weight);
    }

    [Fact]
    public void WithoutAnyImprovementTheFirstWeightsComeBack()
    {
        var fit = new FakeFit(new EarlyStopping(patience: 2, restoreBestWeights: true));
        Assert.Equal(2, fit.Run("val_loss", float.NaN, float.NaN, float.NaN));
        Assert.Equal(0f, fit.Model.Weight);
    }

    [Fact]
    public void TheWeightsStayWhereRestoringWasNotAskedFor()
    {
        var stopping = new EarlyStopping();
        var fit = new FakeFit(stopping);
        fit.Run("val_loss", 1f, 2f);
        Assert.Equal(1f, fit.Model.Weight);

        // Nor are they remembered.
        var state = new CallbackState();
        stopping.CaptureState(state);
        Assert.DoesNotContain("best_weights", state.Parts.Keys);
    }

    [Fact]
    public void EpochsBeforeTheFirstOneLookedAtDoNotCount()
    {
        // Epochs 0 and 1 are ignored, so epoch 2 is the best although it is the worst, and epoch 3 ends training.
        var fit = new FakeFit(new EarlyStopping(restoreBestWeights: true, startFromEpoch: 2));
        Assert.Equal(4, fit.Run("val_loss", 1f, 2f, 3f, 3f, 0f));
        Assert.Equal(2f, fit.Model.Weight);
    }

    [Fact]
    public void OneObjectServesSeveralFits()
    {
        var stopping = new EarlyStopping();
        Assert.Equal(2, new FakeFit(stopping).Run("val_loss", 1f, 1f, 1f));
        Assert.Equal(3, new FakeFit(stopping).Run("val_loss", 3f, 2f, 2f, 1f));
    }

    [Fact]
    public void AMissingValueIsToldOnceAndTrainingGoesOn()
    {
        var fit = new FakeFit(new EarlyStopping());
        Assert.Equal(3, fit.Run("loss", 1f, 1f, 1f));
        Assert.Equal(["EarlyStopping watches 'val_loss', which is not available. Available are: loss."], fit.Warnings);
    }

    [Fact]
    public void AnUnknownDirectionIsAnError()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new FakeFit(new EarlyStopping("val_speed")).Run("val_speed", 1f));
        Assert.Contains("'val_speed'", error.Message);
        Assert.Contains("accuracy, mean_absolute_error", error.Message);
        Assert.Equal(2, new FakeFit(new EarlyStopping("val_speed", mode: MonitorMode.Max)).Run("val_speed", 1f, 1f));
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Equal("patience", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(patience: -1)).ParamName);
        Assert.Equal("startFromEpoch", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(startFromEpoch: -1)).ParamName);
        Assert.Equal("minDelta", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(minDelta: float.NaN)).ParamName);
        Assert.Equal("baseline", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(baseline: float.NaN)).ParamName);
        Assert.Equal("mode", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(mode: (MonitorMode)7)).ParamName);
        Assert.Equal("monitor", Assert.Throws<ArgumentException>(() => new EarlyStopping("")).ParamName);
    }
}
