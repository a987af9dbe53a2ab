namespace Unroll.Numerics.Tests.Training;

/// <summary>Training on batches as they come is training on their rows in that order.</summary>
public sealed class StreamTests
{
    [Fact]
    public void ASequenceIsADataSetInItsOrder()
    {
        Model expected = Create();
        History history = expected.Fit(Fits.Data, epochs: 3, batchSize: 5, validation: Fits.Data, shuffle: false);

        Model streamed = Create();
        History same = streamed.Fit(Batches(5, 5, 5, 5, 5, 3), epochs: 3, validation: Fits.Data);

        Assert.Equal(Fits.Weights(expected), Fits.Weights(streamed));
        Assert.Equal(history.Keys, same.Keys);
        Assert.All(history.Keys, key => Assert.Equal(history[key], same[key]));
    }

    [Theory]
    [InlineData(1, 27)]
    [InlineData(3, 20, 5)]
    [InlineData(14, 13, 1)]
    public void BatchesMayHaveAnySizes(params int[] sizes)
    {
        Model expected = Create();
        int first = 0;
        foreach (int size in sizes)
        {
            expected.Fit(Fits.Data.Skip(first).Take(size), batchSize: size, shuffle: false, seed: 3);
            first += size;
        }

        Model streamed = Create();
        streamed.Fit(Batches(sizes), seed: 3);
        Assert.Equal(Fits.Weights(expected), Fits.Weights(streamed));
    }

    [Fact]
    public void OneBufferServesAllBatches()
    {
        Model expected = Create();
        expected.Fit(Batches(4, 4, 4, 4, 4, 4, 4), epochs: 2);

        Model streamed = Create();
        streamed.Fit(Reused(size: 4), epochs: 2);
        Assert.Equal(Fits.Weights(expected), Fits.Weights(streamed));
    }

    [Fact]
    public void StepsCutAnEndlessSequence()
    {
        Model expected = Create();
        expected.Fit(Batches(7, 7, 7, 7), epochs: 3);

        Model streamed = Create();
        History history = streamed.Fit(Endless(), epochs: 6, stepsPerEpoch: 2);
        Assert.Equal(6, history["loss"].Count);
        Assert.Equal(Fits.Weights(expected), Fits.Weights(streamed));

        Model restarted = Create();
        restarted.Fit(Batches(7, 7, 7, 7), epochs: 4, stepsPerEpoch: 3);
        Assert.Equal(Fits.Weights(expected), Fits.Weights(restarted));

        static IEnumerable<Batch> Endless()
        {
            while (true)
            {
                foreach (Batch batch in Batches(7, 7, 7, 7))
                {
                    yield return batch;
                }
            }
        }
    }

    [Fact]
    public void TheNumberOfBatchesIsKnownOnceTheyWereSeen()
    {
        var known = new List<int>();
        LambdaCallback callback = new(onEpochBegin: context => known.Add(context.BatchesPerEpoch));
        Create().Fit(Batches(7, 7, 14).Where(static _ => true), epochs: 2, callbacks: [callback]);
        Create().Fit(Batches(7, 7).ToList(), callbacks: [callback]);
        Create().Fit(Batches(7, 7), callbacks: [callback], stepsPerEpoch: 5);
        Assert.Equal([0, 3, 2, 5], known);
    }

    [Fact]
    public void WeightsOfSamplesAndClassesCount()
    {
        float[] weights = [.. Enumerable.Range(0, Fits.Rows).Select(static row => row % 3 * 0.5f)];
        var classWeight = new Dictionary<int, float> { [1] = 4f };
        Model expected = Create(classifier: true);
        expected.Fit(
            new Dataset(Fits.Features, Fits.Labels, Fits.Rows, weights), epochs: 2, batchSize: 20, shuffle: false, classWeight: classWeight);

        Model streamed = Create(classifier: true);
        streamed.Fit(
            [
                new Batch(Fits.Features.AsMemory(0, 20 * Fits.Inputs), Fits.Labels.AsMemory(0, 20), 20, weights.AsMemory(0, 20)),
                new Batch(Fits.Features.AsMemory(20 * Fits.Inputs), Fits.Labels.AsMemory(20), 8, weights.AsMemory(20)),
            ],
            epochs: 2,
            classWeight: classWeight);
        Assert.Equal(Fits.Weights(expected), Fits.Weights(streamed));
    }

    [Fact]
    public void ABatchThatDoesNotFitIsNamed()
    {
        Batch good = Batches(7).First();
        AssertRefused("Batch 2 of epoch 1 is not usable: Nets.Regressor takes samples of 5 values, but the data has 4", good, new Batch(new float[4], new float[3], 1));
        AssertRefused("expects 3 target values a sample, but the data has 2", good, new Batch(new float[5], new float[2], 1));
        AssertRefused("Batch 1 of epoch 1 is not usable: it is null", null!, good);
        AssertRefused("no batch when it is gone through for epoch 1");
        Assert.Throws<ArgumentException>(() => new Batch(new float[5], new float[3], 2));
        AssertRefused("expects 1 weight a sample, but the data has 2", good, new Batch(new float[5], new float[3], 1, new float[2]));
        Assert.Throws<ArgumentException>(() => new Batch(new float[10], new float[6], 2, new float[3]));
    }

    [Fact]
    public void ALabelThatIsNoneIsFoundWhenItComes()
    {
        Model model = Create(classifier: true);
        float[] before = Fits.Weights(model);
        var error = Assert.Throws<ArgumentException>(() => model.Fit([new Batch(Fits.Features.AsMemory(0, 10), new float[] { 0f, 3f }, 2)]));
        Assert.Contains("the target of row 1 is not usable: label 3 is not in 0..2", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Fits.Weights(model));
    }

    [Fact]
    public void ASequenceThatGivesItsBatchesOnceIsRefusedAtTheSecondEpoch()
    {
        var queue = new Queue<Batch>(Batches(7, 7));
        var error = Assert.Throws<ArgumentException>(() => Create().Fit(Drain(), epochs: 2));
        Assert.Contains("epoch 2", error.Message, StringComparison.Ordinal);

        IEnumerable<Batch> Drain()
        {
            while (queue.TryDequeue(out Batch? batch))
            {
                yield return batch;
            }
        }
    }

    [Fact]
    public void TheSequenceIsDisposedOf()
    {
        int disposed = 0;
        Create().Fit(Watched(), epochs: 2);
        Assert.Equal(2, disposed);
        Create().Fit(Watched(), stepsPerEpoch: 1);
        Assert.Equal(3, disposed);

        IEnumerable<Batch> Watched()
        {
            try
            {
                yield return Batches(7).First();
                yield return Batches(7).First();
            }
            finally
            {
                disposed++;
            }
        }
    }

    private static void AssertRefused(string message, params Batch[] batches)
    {
        var error = Assert.Throws<ArgumentException>(() => Create().Fit(batches));
        Assert.Equal("training", error.ParamName);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static Model Create(bool classifier = false)
    {
        Model model = classifier ? Fits.Classifier() : Fits.Model();
        model.Compile(new Adam(0.01f), classifier ? new SparseCategoricalCrossentropy() : new MeanSquaredError());
        return model;
    }

    private static IEnumerable<Batch> Batches(params int[] sizes)
    {
        int first = 0;
        foreach (int size in sizes)
        {
            Dataset rows = Fits.Data.Skip(first).Take(size);
            yield return new Batch(rows.Features.ToArray(), rows.Targets.ToArray(), size);
            first += size;
        }
    }

    private static IEnumerable<Batch> Reused(int size)
    {
        float[] features = new float[size * Fits.Inputs];
        float[] targets = new float[size * Fits.Outputs];
        var batch = new Batch(features, targets, size);
        for (int first = 0; first < Fits.Rows; first += size)
        {
            Fits.Features.AsSpan(first * Fits.Inputs, features.Length).CopyTo(features);
            Fits.Targets.AsSpan(first * Fits.Outputs, targets.Length).CopyTo(targets);
            yield return batch;
        }
    }
}
