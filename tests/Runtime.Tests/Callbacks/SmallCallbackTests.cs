namespace Unroll.Runtime.Tests.Callbacks;

public class SmallCallbackTests
{
    [Fact]
    public void TheSchedulerSetsTheRateBeforeEachEpochAndReportsIt()
    {
        var fit = new FakeFit(new LearningRateScheduler((epoch, rate) => epoch == 1 ? rate / 2 : rate));
        fit.Run("loss", 1f, 1f, 1f);
        Assert.Equal([0.1f, 0.05f, 0.05f], fit.History["learning_rate"]);
        Assert.Equal(["loss", "learning_rate"], fit.History.Keys);

        fit = new FakeFit(new LearningRateScheduler(epoch => 1f / (epoch + 1)));
        fit.Run("loss", 1f, 1f);
        Assert.Equal([1f, 0.5f], fit.History["learning_rate"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FakeFit(new LearningRateScheduler(_ => -1f)).Run("loss", 1f));
        Assert.Throws<ArgumentNullException>(() => new LearningRateScheduler((Func<int, float>)null!));
    }

    [Fact]
    public void TwoCallbacksThatReportTheRateLeaveOneValueAnEpoch()
    {
        var fit = new FakeFit(new LearningRateScheduler(epoch => epoch + 1f), new ReduceLROnPlateau("loss"));
        fit.Run("loss", 1f, 1f);
        Assert.Equal([1f, 2f], fit.History["learning_rate"]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ALossThatIsNotFiniteEndsTraining(float loss)
    {
        var fit = new FakeFit(new TerminateOnNaN())
        {
            Batches = 3,
            InBatch = context => context.Logs.Set("loss", context is { Epoch: 1, Batch: 1 } ? loss : 1f),
        };
        Assert.Equal(2, fit.Run("loss", 1f, 1f, 1f));
        Assert.Equal([FormattableString.Invariant($"Epoch 2, batch 2: the loss is {loss}. Training ends.")], fit.Warnings);
    }

    [Fact]
    public void LambdasAreCalledWhereTheirNamesSay()
    {
        var calls = new List<string>();
        var callback = new LambdaCallback(
            onEpochBegin: context => calls.Add($"epoch {context.Epoch} begins"),
            onEpochEnd: context => calls.Add($"epoch {context.Epoch} ends"),
            onTrainBegin: _ => calls.Add("train begins"),
            onTrainEnd: _ => calls.Add("train ends"),
            onBatchBegin: context => calls.Add($"batch {context.Batch} begins"),
            onBatchEnd: context => calls.Add($"batch {context.Batch} ends"));
        new FakeFit(callback, new LambdaCallback()).Run("loss", 1f);
        Assert.Equal(
            ["train begins", "epoch 0 begins", "batch 0 begins", "batch 0 ends", "epoch 0 ends", "train ends"], calls);
    }
}
