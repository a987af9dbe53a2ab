namespace Unroll.Reports.Tests;

/// <summary>What helps to choose how to train: the sweep of the learning rate, and cross-validation.</summary>
public sealed class ChoiceTests
{
    [Fact]
    public void TheSweepLeavesTheModelAsItWas()
    {
        Dataset data = Samples.Clouds(300, 6);
        Small swept = Compiled(new Adam());
        Small plain = Compiled(new Adam());
        swept.FindLearningRate(data, steps: 40, seed: 1);

        Assert.Null(swept.History);
        swept.Fit(data, epochs: 2, seed: 3);
        plain.Fit(data, epochs: 2, seed: 3);
        Assert.All(plain.Parameters, parameter => Assert.Equal(parameter.ToArray(), swept.Parameters[parameter.Name].ToArray()));
    }

    [Fact]
    public void TheSuggestionTrainsWellAndWhatLiesBeyondTheSweepDoesNot()
    {
        Dataset data = Samples.Digits().Take(1000);
        var model = new DigitReader(seed: 1);
        model.Compile(new SGD(), new SparseCategoricalCrossentropy());
        LearningRateSweep sweep = model.FindLearningRate(data, from: 1e-5f, to: 100f, seed: 1);

        Assert.InRange(sweep.Suggestion, 0.005f, 2f);
        Assert.InRange(sweep.RateOfLeastLoss, sweep.Suggestion, 10f);
        Assert.True(sweep.Rates[^1] < 100f, "The sweep must end where the loss diverges.");
        Assert.InRange(LossAfter(data, sweep.Suggestion), 0f, 0.6f);
        Assert.True(LossAfter(data, 1e-4f * sweep.Suggestion) > 2f);
    }

    [Fact]
    public void TheSweepIsTheSameForAnyNumberOfThreads()
    {
        Dataset data = Samples.Clouds(600, 6);
        LearningRateSweep one = Compiled(new SGD()).FindLearningRate(data, batchSize: 300, seed: 1, threads: 1);
        LearningRateSweep two = Compiled(new SGD()).FindLearningRate(data, batchSize: 300, seed: 1, threads: 2);

        Assert.Equal(one.Losses, two.Losses);
        Assert.Equal(one.Suggestion, two.Suggestion);
    }

    [Fact]
    public void TheSweepRefusesWhatItCannotDo()
    {
        Dataset data = Samples.Clouds(60, 6);
        Assert.Throws<InvalidOperationException>(() => new Small(seed: 1).FindLearningRate(data));
        Assert.Throws<InvalidOperationException>(() => Compiled(new Adam(new ExponentialDecay(0.1f, 10, 0.9f))).FindLearningRate(data));
        Assert.Throws<ArgumentOutOfRangeException>("to", () => Compiled(new Adam()).FindLearningRate(data, from: 1f, to: 0.1f));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => Compiled(new Adam()).FindLearningRate(data, steps: 3));
        Assert.Throws<ArgumentException>(() => Compiled(new Adam()).FindLearningRate(Samples.Clouds(60, 5)));
    }

    [Fact]
    public void EveryNetworkSeesTheSameFolds()
    {
        Dataset data = Samples.Clouds(90, 4);
        var seen = new List<float[]>();
        Model Create(Dataset training)
        {
            seen.Add(training.Features.ToArray());
            return Iris();
        }

        CrossValidationResult result = CrossValidation.Run(data.Folds(3, seed: 1), new FitOptions { Epochs = 2, Seed = 1 }, Create, Create);

        Assert.Equal(["IrisReader", "IrisReader (2)"], result.Select(static score => score.Name));
        Assert.Equal(6, seen.Count);
        Assert.All(Enumerable.Range(0, 3), fold => Assert.Equal(seen[2 * fold], seen[(2 * fold) + 1]));
        Assert.Equal(result[0].Folds.Select(static fold => fold.Loss), result[1].Folds.Select(static fold => fold.Loss));
    }

    [Fact]
    public void ScoresAreThoseOfTrainingByHand()
    {
        Dataset data = Samples.Clouds(90, 4);
        CrossValidationResult result = CrossValidation.Run(data.Folds(3, seed: 1), new FitOptions { Epochs = 4, Seed = 1 }, Iris, Wider);
        float[] losses =
        [
            .. data.Folds(3, seed: 1).Select(static fold =>
            {
                Model model = Iris();
                model.Fit(fold.Training, new FitOptions { Epochs = 4, Seed = 1 });
                return model.Evaluate(fold.Validation).Loss;
            }),
        ];

        Assert.Equal(losses, result[0].Folds.Select(static fold => fold.Loss));
        Assert.Equal(losses.Average(), result[0].Mean("loss"), tolerance: 1e-6f);
        double variance = losses.Sum(loss => Math.Pow(loss - losses.Average(), 2)) / 2;
        Assert.Equal(Math.Sqrt(variance), result[0].Deviation("loss"), tolerance: 1e-6);
        Assert.Equal(4, result[1].Histories[2].Epochs);
        Assert.Contains("FiveClasses", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void CrossValidationRefusesModelsThatWereTrained()
    {
        Model same = Iris();
        Exception refusal = Assert.Throws<InvalidOperationException>(() => CrossValidation.Run(Samples.Clouds(60, 4).Folds(3), () => same));
        Assert.Contains("a new one for each fold", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CrossValidation.Run([], Iris));
    }

    private static Small Compiled(Optimizer optimizer)
    {
        var model = new Small(seed: 3);
        model.Compile(optimizer, new SparseCategoricalCrossentropy());
        return model;
    }

    private static Model Iris()
    {
        var model = new IrisReader(seed: 1);
        model.Compile(new Adam(0.01f), new SparseCategoricalCrossentropy(), new Accuracy());
        return model;
    }

    private static Model Wider()
    {
        var model = new FiveClasses(seed: 1);
        model.Compile(new Adam(0.01f), new SparseCategoricalCrossentropy(), new Accuracy());
        return model;
    }

    private static float LossAfter(Dataset data, float rate)
    {
        var model = new DigitReader(seed: 1);
        model.Compile(new SGD(rate), new SparseCategoricalCrossentropy());
        return model.Fit(data, epochs: 5, seed: 1)["loss"][^1];
    }
}
