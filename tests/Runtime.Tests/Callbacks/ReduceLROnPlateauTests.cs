namespace Unroll.Runtime.Tests.Callbacks;

/// <summary>Scenarios worked out by hand from keras/src/callbacks/reduce_lr_on_plateau.py.</summary>
public class ReduceLROnPlateauTests
{
    [Fact]
    public void TheRateFallsAfterPatienceEpochsWithoutImprovement()
    {
        // Best 1; waits 1 and 2 = patience at epoch 2, again at epoch 4. The history holds each epoch's own rate, before its reduction.
        AssertRates(
            new ReduceLROnPlateau(factor: 0.5f, patience: 2),
            losses: [1f, 1f, 1f, 1f, 1f, 1f],
            rates: [0.1f, 0.1f, 0.1f, 0.05f, 0.05f, 0.025f]);
    }

    [Fact]
    public void AnImprovementMustExceedMinDelta()
    {
        AssertRates(new ReduceLROnPlateau(factor: 0.5f, patience: 1), [1f, 0.99995f, 0.9f], [0.1f, 0.1f, 0.05f]);
        AssertRates(new ReduceLROnPlateau(factor: 0.5f, patience: 1, minDelta: 0f), [1f, 0.99995f, 0.9f], [0.1f, 0.1f, 0.1f]);
    }

    [Fact]
    public void EpochsOfTheCooldownDoNotCount()
    {
        // Reduced at epoch 1; cooldown 2, then 1 left at epoch 2: not counted; 0 left at epoch 3: counted, patience reached, reduced again.
        AssertRates(
            new ReduceLROnPlateau(factor: 0.5f, patience: 1, cooldown: 2),
            losses: [1f, 1f, 1f, 1f, 1f],
            rates: [0.1f, 0.1f, 0.05f, 0.05f, 0.025f]);
    }

    [Fact]
    public void TheRateStopsAtItsMinimumAndNeverRises()
    {
        AssertRates(new ReduceLROnPlateau(factor: 0.5f, patience: 1, minLearningRate: 0.04f), [1f, 1f, 1f, 1f], [0.1f, 0.1f, 0.05f, 0.04f]);
        AssertRates(new ReduceLROnPlateau(patience: 1, minLearningRate: 0.5f), [1f, 1f, 1f], [0.1f, 0.1f, 0.1f]);
    }

    [Fact]
    public void AMetricThatShouldRiseIsWatchedUpwards()
    {
        var fit = new FakeFit(new ReduceLROnPlateau("val_accuracy", factor: 0.5f, patience: 1));
        fit.Run("val_accuracy", 0.1f, 0.2f, 0.3f, 0.2f, 0.2f);
        Assert.Equal([0.1f, 0.1f, 0.1f, 0.1f, 0.05f], fit.History["learning_rate"]);
    }

    [Fact]
    public void AMissingValueIsToldOnceAndTheRateIsStillReported()
    {
        var fit = new FakeFit(new ReduceLROnPlateau());
        fit.Run("loss", 1f, 1f);
        Assert.Equal([0.1f, 0.1f], fit.History["learning_rate"]);
        Assert.Equal(["ReduceLROnPlateau watches 'val_loss', which is not available. Available are: loss, learning_rate."], fit.Warnings);
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Equal("factor", Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau(factor: 1f)).ParamName);
        Assert.Equal("patience", Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau(patience: -1)).ParamName);
        Assert.Equal("cooldown", Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau(cooldown: -1)).ParamName);
        Assert.Equal(
            "minLearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau(minLearningRate: -1f)).ParamName);
    }

    private static void AssertRates(ReduceLROnPlateau callback, float[] losses, float[] rates)
    {
        var fit = new FakeFit(callback);
        fit.Run("val_loss", losses);
        Assert.Equal(rates, fit.History["learning_rate"]);
    }
}
