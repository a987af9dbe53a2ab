namespace Unroll.Numerics.Tests.Training;

/// <summary>One metric of two models measures one of them at a time: what the other does neither changes its value nor goes unsaid.</summary>
public sealed class SharedMetricTests
{
    [Fact]
    public void EvaluatingAnotherModelLeavesTheEpochInProgressAsItIs() =>
        Assert.Equal(Accuracies(other => { }), Accuracies(other => other.Evaluate(Fits.Labelled.Take(5))));

    [Fact]
    public void TrainingAnotherModelMeanwhileIsAnErrorThatNamesTheMetric()
    {
        var message = "";
        float[] accuracies = Accuracies(other => message = Assert.Throws<InvalidOperationException>(() => other.Fit(Fits.Labelled)).Message);

        Assert.StartsWith("The metric 'accuracy' is in use by another training or evaluation that has not ended.", message, StringComparison.Ordinal);
        Assert.Equal(Accuracies(other => { }), accuracies);
    }

    [Fact]
    public void OneAfterTheOtherMayHaveIt()
    {
        var metric = new Accuracy();
        Model model = Classifier(metric, seed: 1), other = Classifier(metric, seed: 2);

        // An end by an exception gives it back as well.
        Assert.Throws<IOException>(() => model.Fit(Fits.Labelled, callbacks: [new LambdaCallback(onBatchEnd: _ => throw new IOException())]));
        other.Fit(Fits.Labelled);
        model.Fit(Fits.Labelled);
        Assert.Equal(model.Evaluate(Fits.Labelled)["accuracy"], metric.Result);
    }

    private static float[] Accuracies(Action<Model> duringABatch)
    {
        var metric = new Accuracy();
        Model model = Classifier(metric, seed: 1), other = Classifier(metric, seed: 2);
        History history = model.Fit(
            Fits.Labelled, epochs: 2, batchSize: 4, seed: 1, callbacks: [new LambdaCallback(onBatchEnd: context =>
            {
                if (context.Batch == 2)
                {
                    duringABatch(other);
                }
            })]);
        return [.. history["accuracy"]];
    }

    private static Model Classifier(Metric metric, int seed)
    {
        Model model = Fits.Classifier(seed);
        model.Compile(new SGD(0.1f), new SparseCategoricalCrossentropy(), metric);
        return model;
    }
}
