namespace Unroll.Numerics.Tests.Training;

/// <summary>The learning rate belongs to a model's training; the optimizer's is the setting with which one begins.</summary>
public sealed class LearningRateTests
{
    private static readonly ReduceLROnPlateau s_plateau = new("loss", factor: 0.5f, patience: 0, minDelta: 1e9f);

    [Fact]
    public void AnOptimizerBeginsAnewInEveryModel()
    {
        var optimizer = new Adam(0.01f);
        Model first = Compiled(optimizer);
        Assert.Equal([0.01f, 0.01f, 0.005f], first.Fit(Fits.Data, epochs: 3, seed: 1, callbacks: [s_plateau])["learning_rate"]);
        Assert.Equal(0.01f, optimizer.LearningRate);

        Model second = Compiled(optimizer);
        second.Fit(Fits.Data, epochs: 2, seed: 1);
        Model fresh = Compiled(new Adam(0.01f));
        fresh.Fit(Fits.Data, epochs: 2, seed: 1);
        Assert.Equal(Fits.Weights(fresh), Fits.Weights(second));
    }

    [Fact]
    public void CompileForgetsAReducedRateAndFitDoesNot()
    {
        var optimizer = new SGD(0.01f);
        Model model = Compiled(optimizer);
        model.Fit(Fits.Data, epochs: 2, callbacks: [s_plateau]);
        Assert.Equal([0.005f], model.Fit(Fits.Data, callbacks: [s_plateau])["learning_rate"]);

        model.Compile(optimizer, new MeanSquaredError());
        Assert.Equal([0.01f], model.Fit(Fits.Data, callbacks: [s_plateau])["learning_rate"]);
    }

    [Fact]
    public void TwoModelsInTrainingDoNotShareARate()
    {
        var optimizer = new SGD(0.01f);
        Model outer = Compiled(optimizer);
        Model inner = Compiled(optimizer);
        var nested = new LambdaCallback(onEpochEnd: _ => inner.Fit(Fits.Data, callbacks: [new LearningRateScheduler(_ => 0.5f)]));
        History history = outer.Fit(Fits.Data, epochs: 2, callbacks: [nested, new ReduceLROnPlateau("loss")]);
        Assert.Equal([0.01f, 0.01f], history["learning_rate"]);
    }

    [Fact]
    public void WhoeverSetsTheRateLastHasTheLastWord()
    {
        var optimizer = new SGD(0.01f);
        Model model = Compiled(optimizer);
        float[] seen = new float[4];
        model.Fit(Fits.Data, epochs: 4, callbacks:
        [
            new LambdaCallback(onEpochBegin: context =>
            {
                if (context.Epoch == 1)
                {
                    context.LearningRate = 0.02f;
                }
                else if (context.Epoch == 2)
                {
                    context.Optimizer.LearningRate = 0.03f;
                }

                seen[context.Epoch] = context.LearningRate;
            }),
        ]);
        Assert.Equal([0.01f, 0.02f, 0.03f, 0.03f], seen);
    }

    private static Model Compiled(Optimizer optimizer)
    {
        Model model = Fits.Model();
        model.Compile(optimizer, new MeanSquaredError());
        return model;
    }
}
