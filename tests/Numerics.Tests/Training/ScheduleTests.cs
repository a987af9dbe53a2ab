namespace Unroll.Numerics.Tests.Training;

/// <summary>A schedule sets the rate of every step, by the number of steps before it.</summary>
public sealed class ScheduleTests
{
    private static readonly long[] s_everyStep = [0, 1, 2, 3, 4, 5, 6];

    private static readonly float[] s_rates = [0.5f, 0.25f, 0.125f, 0.0625f, 0.5f, 0.03125f, 0f, 1f];

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    public void IsTheSameAsSettingTheRateBeforeEachStep(string optimizer)
    {
        Model scheduled = Fits.Model();
        scheduled.Compile(Create(optimizer, new PiecewiseConstantDecay(s_everyStep, s_rates)), new MeanSquaredError());
        scheduled.Fit(Fits.Data, epochs: 2, batchSize: 7);

        Model set = Fits.Model();
        int step = 0;
        set.Compile(Create(optimizer, 0f), new MeanSquaredError());
        set.Fit(Fits.Data, epochs: 2, batchSize: 7, callbacks:
            [new LambdaCallback(onBatchBegin: context => context.LearningRate = s_rates[step++])]);

        Assert.Equal(8, step);
        Assert.Equal(Fits.Weights(set), Fits.Weights(scheduled));
    }

    [Fact]
    public void GoesOnInTheNextFitAndBeginsAnewWithCompile()
    {
        var schedule = new Recorder();
        var optimizer = new SGD(schedule);
        Model model = Fits.Model();
        model.Compile(optimizer, new MeanSquaredError());
        model.Fit(Fits.Data, batchSize: 14, threads: 1);
        Assert.Equal([0L, 1L], schedule.Steps);
        model.Fit(Fits.Data, batchSize: 14, threads: 1);
        Assert.Equal([0L, 1L, 2L, 3L], schedule.Steps);

        Assert.Equal(1f / 5f, model.Instance.OptimizerState!.LearningRate);
        Assert.Equal(1f, optimizer.LearningRate);
        schedule.Steps.Clear();
        model.Compile(optimizer, new MeanSquaredError());
        model.Fit(Fits.Data, batchSize: 28, threads: 1);
        Assert.Equal([0L], schedule.Steps);
    }

    private static Optimizer Create(string name, LearningRate rate) => name == "sgd" ? new SGD(rate, momentum: 0.5f) : new Adam(rate);

    private sealed class Recorder : LearningRateSchedule
    {
        public List<long> Steps { get; } = [];

        public override float At(long step)
        {
            Steps.Add(step);
            return 1f / (step + 1);
        }
    }
}
