using Unroll.Arguments;
using Unroll.Runtime.Tests.Callbacks;

namespace Unroll.Runtime.Tests.Api;

/// <summary>What is printed says what it is, in every culture; what has names is a dictionary of them.</summary>
public class PrintingTests
{
    [Fact]
    public void ObjectsSayWhatTheyAre()
    {
        using var culture = new ForeignCulture();
        var model = new FakeModel();
        Assert.Equal("scale1/kernel 1", model.Parameters[0].ToString());
        Assert.Equal("scale1/kernel 1", model.Parameters.ToString());
        Assert.Equal("60,000 samples of 2 features and 1 target", new Dataset(new float[120_000], new float[60_000], 60_000).ToString());
        Assert.Equal("1 sample of 1 feature and 2 targets, weighted", new Dataset(new float[1], new float[2], 1, [0.5f]).ToString());
        Assert.Equal("2 samples of 2 features and 1 target", new Batch(new float[4], new float[2], 2).ToString());
        Assert.Equal("adam, learning rate 0.001", new Adam().ToString());
        Assert.Equal(
            "sgd, learning rate 0.5, weight decay 0.25, clip norm 1.5, moving average 0.9",
            new SGD(0.5f) { WeightDecay = 0.25f, ClipNorm = 1.5f, UseEma = true, EmaMomentum = 0.9f }.ToString());
        Assert.Equal("adam, learning rate by CosineDecay", new Adam(new CosineDecay(0.1f, 10)).ToString());
        Assert.Equal("mean_squared_error", new MeanSquaredError().ToString());
        Assert.Equal("accuracy: 0", new Accuracy().ToString());
        Assert.Equal("dense1 (Dense) 28 × 3", new GraphNode("dense1", "Dense", [28, 3], [0]).ToString());
        Assert.Equal("loss 0.5; norms: dense1/bias 5", new Gradients(0.5f, new Dictionary<string, float[]> { ["dense1/bias"] = [3f, 4f] }).ToString());
    }

    [Fact]
    public void HistoryLogsAndResultsAreReadOnlyDictionaries()
    {
        using var culture = new ForeignCulture();
        var fit = new FakeFit();
        fit.Run([("loss", 2f), ("val_loss", 3f)], [("loss", 0.5f), ("val_loss", 1.5f)]);
        IReadOnlyDictionary<string, IReadOnlyList<float>> history = fit.History;
        Assert.Equal(["loss", "val_loss"], history.Keys);
        Assert.Equal([2f, 0.5f], history["loss"]);
        Assert.True(history.TryGetValue("val_loss", out IReadOnlyList<float>? values));
        Assert.Equal([3f, 1.5f], values);
        Assert.False(history.TryGetValue("accuracy", out _));
        Assert.Equal(2, history.Count);
        Assert.Equal(["loss", "val_loss"], history.Select(static pair => pair.Key));
        Assert.Equal("2 epochs, loss: 0.5, val_loss: 1.5", fit.History.ToString());

        var logs = new Logs();
        logs.Set("loss", 0.25f);
        logs.Set("accuracy", 0.5f);
        IReadOnlyDictionary<string, float> result = new EvaluationResult(logs);
        Assert.Equal("loss: 0.25, accuracy: 0.5", result.ToString());
        Assert.Equal((2, true, false), (result.Count, result.ContainsKey("loss"), result.ContainsKey("auc")));
        Assert.Equal([0.25f, 0.5f], result.Values);
        Assert.Equal(0.75f, result.Sum(static pair => pair.Value));
        Assert.True(result.TryGetValue("accuracy", out float accuracy));
        Assert.Equal(0.5f, accuracy);
        Assert.Equal(logs, result);
    }

    [Fact]
    public void ParametersAndGradientsAreFoundByName()
    {
        var model = new FakeModel();
        Assert.Same(model.Parameters[0], model.Parameters["scale1/kernel"]);
        Assert.Single(model.Parameters);
        Assert.False(model.Parameters.TryGet("scale1/bias", out _));
        Assert.Equal(
            "There is no parameter 'scale1/bias': scale1/kernel.", Assert.Throws<KeyNotFoundException>(() => model.Parameters["scale1/bias"]).Message);

        IReadOnlyDictionary<string, float[]> gradients = new Gradients(1f, new Dictionary<string, float[]> { ["a"] = [1f], ["b"] = [2f] });
        Assert.Equal(["a", "b"], gradients.Keys);
        Assert.Equal([2f], gradients["b"]);
        Assert.Equal(2, gradients.Count);
        Assert.False(gradients.ContainsKey("c"));
    }

    [Fact]
    public void MessagesStayShortWhateverThereIsToName()
    {
        string[] names = [.. Enumerable.Range(0, 100_000).Select(static i => new string('x', 1000) + i)];
        Assert.InRange(NameList.Of(names).Length, 100, 2000);
        Assert.EndsWith(" and 99980 more", NameList.Of(names), StringComparison.Ordinal);
        var gradients = new Gradients(1f, names.ToDictionary(static name => name, static _ => new float[1]));
        Assert.InRange(Assert.Throws<KeyNotFoundException>(() => gradients[new string('y', 100_000)]).Message.Length, 100, 2500);
    }

    [Fact]
    public void AProgressBarComesByItselfOnlyWhereItIsWanted()
    {
        Assert.Single(new FitOptions { Verbose = true }.CallbacksWithProgress(), static callback => callback is ProgressBar);
        Assert.Empty(new FitOptions { Verbose = false }.CallbacksWithProgress());
        var given = new ProgressBar(TextWriter.Null);
        Assert.Equal([given], new FitOptions { Verbose = true, Callbacks = [given] }.CallbacksWithProgress());
        Assert.Equal(Console.IsOutputRedirected ? 0 : 1, new FitOptions().CallbacksWithProgress().Count);
        Callback other = new TerminateOnNaN();
        Assert.Same(other, new FitOptions { Verbose = true, Callbacks = [other] }.CallbacksWithProgress()[0]);
    }

    [Fact]
    public void MemoryOfAnyKindIsADataset()
    {
        float[] buffer = [9f, 1f, 2f, 3f, 4f, 9f];
        var data = new Dataset(buffer.AsMemory(1, 4), buffer.AsMemory(0, 2), count: 2, sampleWeights: buffer.AsMemory(2, 2));
        Assert.Equal([3f, 4f], data.FeaturesOf(1));
        Assert.Equal([2f, 3f], data.SampleWeights);
        Assert.Throws<ArgumentException>(() => new Dataset(ReadOnlyMemory<float>.Empty, buffer.AsMemory(0, 2), count: 2));
        Assert.Throws<ArgumentException>(() => new Dataset(buffer.AsMemory(), buffer.AsMemory(), count: 2, sampleWeights: buffer.AsMemory(0, 1)));
    }
}
