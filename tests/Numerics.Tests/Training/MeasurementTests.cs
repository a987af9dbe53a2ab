namespace Unroll.Numerics.Tests.Training;

/// <summary>Metrics that do not get in each other's way, and that are found unfit before anything is learnt.</summary>
public sealed class MeasurementTests
{
    public static TheoryData<string> Metrics => ["accuracy", "top", "auc", "f1", "precision", "recall", "confusion", "loss", "user"];

    /// <summary>An evaluation from a callback has state of its own.</summary>
    [Theory]
    [MemberData(nameof(Metrics))]
    public void AnEvaluationInACallbackLeavesTheEpochAsItIs(string metric)
    {
        float[] values = [.. new[] { false, true }.Select(evaluates =>
        {
            Model model = Fits.Classifier();
            model.Compile(new SGD(0.1f), new SparseCategoricalCrossentropy(), Create(metric));
            float alone = float.NaN;
            float inside = float.NaN;
            var evaluate = new LambdaCallback(onBatchEnd: context =>
            {
                if (evaluates && context.Batch == 2)
                {
                    inside = context.Model.Evaluate(Fits.Labelled.Take(5)).Single(static pair => pair.Key != "loss").Value;
                }
            });
            History history = model.Fit(Fits.Labelled, batchSize: 7, seed: 1, callbacks: [evaluate]);
            if (evaluates)
            {
                Model stopped = Fits.Classifier();
                stopped.Compile(new SGD(0.1f), new SparseCategoricalCrossentropy(), Create(metric));
                stopped.Fit(Fits.Labelled, batchSize: 7, stepsPerEpoch: 3, seed: 1);
                alone = stopped.Evaluate(Fits.Labelled.Take(5)).Single(static pair => pair.Key != "loss").Value;
                Assert.Equal(alone, inside);
            }

            return history.Single(static pair => pair.Key != "loss").Value[0];
        })];
        Assert.Equal(values[0], values[1]);
    }

    [Fact]
    public void AfterEvaluateTheMetricOfTheUserHoldsItsCounts()
    {
        var confusion = new ConfusionMatrix();
        Model model = Fits.Classifier();
        model.Compile(new SGD(0.1f), new SparseCategoricalCrossentropy(), confusion);
        model.Evaluate(Fits.Labelled.Take(9));
        Assert.Equal(9, Enumerable.Range(0, 9).Sum(i => confusion[i / 3, i % 3]));
    }

    [Theory]
    [InlineData("mae", "mae: the target of row 0 is not usable: it expects 3 target values for 3 predicted ones, but got 1.")]
    [InlineData("r2", "r2_score: the target of row 0 is not usable: it expects as many target values as the 3 predicted ones, but got 1.")]
    [InlineData("class", "precision: the target of row 0 is not usable: class 3 is not in 0..2.")]
    [InlineData("binary", "binary_accuracy: the target of row 0 is not usable: it expects as many target values as the 3 predicted ones, but got 1.")]
    [InlineData("user", "not today")]
    public void AMetricThatDoesNotFitIsFoundBeforeAnythingIsLearnt(string metric, string message)
    {
        Model model = Fits.Classifier();
        model.Compile(new SGD(0.1f), new SparseCategoricalCrossentropy(), metric switch
        {
            "mae" => new MeanAbsoluteError().ToMetric("mae"),
            "r2" => new R2Score(),
            "class" => new Precision(classId: 3),
            "binary" => new BinaryAccuracy(),
            _ => new Refusing(),
        });
        float[] before = Fits.Weights(model);
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => model.Fit(Fits.Labelled, batchSize: 7)).Message, StringComparison.Ordinal);
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => model.Evaluate(Fits.Labelled)).Message, StringComparison.Ordinal);
        Assert.Equal(before, Fits.Weights(model));
    }

    [Fact]
    public void ALabelThatAMetricDoesNotKnowIsFoundInEveryRow()
    {
        float[] targets = new float[Fits.Rows * Fits.Outputs];
        Model model = Fits.Model();
        model.Compile(new SGD(0.1f), new MeanSquaredError(), new F1Score(threshold: 0.5f));
        model.Fit(new Dataset(Fits.Features, targets, Fits.Rows));

        Model ranked = Fits.Classifier();
        ranked.Compile(new SGD(0.1f), new Counting(), new TopKAccuracy(2));
        float[] labels = [.. Fits.Labels];
        labels[20] = 7f;
        Assert.StartsWith(
            "top_k_accuracy: the target of row 20 is not usable: label 7 is not in 0..2.",
            Assert.Throws<ArgumentException>(() => ranked.Fit(new Dataset(Fits.Features, labels, Fits.Rows))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>A binary cross-entropy asks for each label by itself, a categorical one for the largest.</summary>
    [Fact]
    public void AccuracyOfSeveralLabelsIsByTheLoss()
    {
        float[] targets = [.. Fits.Targets.Select(static value => value > 0f ? 1f : 0f)];
        var data = new Dataset(Fits.Features, targets, Fits.Rows);
        var accuracy = new Accuracy();
        Model model = Fits.Classifier();
        model.Compile(new SGD(), new BinaryCrossentropy(), accuracy, new BinaryAccuracy());
        float[] predictions = model.Predict(Fits.Features);
        float right = predictions.Zip(targets).Count(static pair => pair.Second == (pair.First > 0.5f ? 1f : 0f)) / (float)targets.Length;
        EvaluationResult result = model.Evaluate(data);
        Assert.Equal(right, result["accuracy"], 1e-6);
        Assert.Equal(right, result["binary_accuracy"], 1e-6);

        model.Compile(new SGD(), new CategoricalCrossentropy(), accuracy);
        int largest = Enumerable.Range(0, Fits.Rows).Count(row => IndexOfLargest(predictions, row) == IndexOfLargest(targets, row));
        Assert.Equal(largest / (float)Fits.Rows, model.Evaluate(data)["accuracy"], 1e-6);
    }

    [Fact]
    public void NamesAreTheUsers()
    {
        Model model = Fits.Classifier();
        model.Compile(
            new SGD(), new SparseCategoricalCrossentropy(), new Precision(0.3f) { Name = "p30" }, new Precision(0.6f) { Name = "p60" }, new Accuracy { Name = "acc" });
        History history = model.Fit(Fits.Labelled, validation: Fits.Labelled, callbacks: [new EarlyStopping("val_p60")]);
        Assert.Equal(["loss", "p30", "p60", "acc", "val_loss", "val_p30", "val_p60", "val_acc"], history.Keys);
        Assert.Equal("p30", new Precision { Name = "p30" }.Copy().Name);

        Assert.Contains("two metrics named 'precision'", Refusal(new Precision(0.3f), new Precision(0.6f)), StringComparison.Ordinal);
        Assert.Contains("named 'loss'", Refusal(new Recall { Name = "loss" }), StringComparison.Ordinal);
        Assert.Contains("val_", Refusal(new Recall { Name = "val_recall" }), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Recall { Name = " " });
        Assert.Equal("Refusing", new Refusing().Name);

        string Refusal(params Metric[] metrics) =>
            Assert.Throws<ArgumentException>(() => model.Compile(new SGD(), new SparseCategoricalCrossentropy(), metrics)).Message;
    }

    /// <summary>Batches one after another are the same as all their rows at once.</summary>
    [Fact]
    public void ASequenceOfBatchesIsEvaluatedAsAWhole()
    {
        Model model = Fits.Classifier();
        model.Compile(new SGD(), new SparseCategoricalCrossentropy(), new Accuracy(), new AUC());
        EvaluationResult expected = model.Evaluate(Fits.Labelled);
        EvaluationResult actual = model.Evaluate(Batches(3, 20, 5));
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, pair => Assert.Equal(pair.Value, actual[pair.Key], 1e-6));

        Assert.Contains("no batch", Assert.Throws<ArgumentException>(() => model.Evaluate([])).Message, StringComparison.Ordinal);
        Assert.StartsWith("Batch 2 is not usable: it is null", Assert.Throws<ArgumentException>(() => model.Evaluate([.. Batches(28), null!])).Message, StringComparison.Ordinal);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => model.Evaluate(Fits.Labelled, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => model.Evaluate(Batches(28), cancelled.Token));

        static IEnumerable<Batch> Batches(params int[] counts)
        {
            int first = 0;
            foreach (int count in counts)
            {
                yield return new Batch(
                    Fits.Features.AsMemory(first * Fits.Inputs, count * Fits.Inputs), Fits.Labels.AsMemory(first, count), count);
                first += count;
            }
        }
    }

    private static int IndexOfLargest(float[] rows, int row)
    {
        float[] values = rows[(row * 3)..((row + 1) * 3)];
        return Array.IndexOf(values, values.Max());
    }

    private static Metric Create(string metric) => metric switch
    {
        "accuracy" => new Accuracy(),
        "top" => new TopKAccuracy(2),
        "auc" => new AUC(),
        "f1" => new F1Score(),
        "precision" => new Precision(0.3f),
        "recall" => new Recall(0.3f),
        "confusion" => new ConfusionMatrix(),
        "loss" => new SparseCategoricalCrossentropy().ToMetric("other"),
        _ => new OfTheUser(),
    };

    private sealed class OfTheUser : Metric
    {
        private float _largest;

        public override string Name => "largest";

        public override float Result => _largest;

        public override void Reset() => _largest = 0f;

        public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f) =>
            _largest += prediction[0] * weight;
    }

    private sealed class Refusing : Metric
    {
        public override float Result => 0f;

        public override void Reset()
        {
        }

        public override void Update(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float weight = 1f) =>
            throw new ArgumentException("not today");
    }

    /// <summary>A loss that takes any label.</summary>
    private sealed class Counting : Loss
    {
        public override string Name => "counting";

        public override int TargetSizeFor(int outputs) => 1;

        public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
        {
            gradient.Clear();
            return target[0];
        }
    }
}
