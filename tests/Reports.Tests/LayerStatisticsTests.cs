namespace Unroll.Reports.Tests;

public sealed class LayerStatisticsTests
{
    private const float Rate = 0.05f;

    [Fact]
    public void MeasuresTheNormsOfAStep()
    {
        Dataset data = Samples.Clouds(32, 6);
        Small model = Compiled(new SGD(Rate));
        Gradients gradients = model.ComputeGradients(data);
        float[] before = [.. new[] { "dense1", "dense2", "dense3" }.Select(layer => NormOf(model, layer))];

        History history = model.Fit(data, epochs: 1, shuffle: false, callbacks: [new LayerStatistics()]);

        for (int i = 0; i < before.Length; i++)
        {
            string layer = $"dense{i + 1}";
            double gradient = Norm([.. gradients[$"{layer}/kernel"], .. gradients[$"{layer}/bias"]]);
            AssertClose(before[i], history[$"{layer}/weight_norm"][0]);
            AssertClose(gradient, history[$"{layer}/gradient_norm"][0]);
            Assert.Equal(Rate * gradient, history[$"{layer}/update_norm"][0], tolerance: 1e-3 * Rate * gradient);
            AssertClose(history[$"{layer}/update_norm"][0] / before[i], history[$"{layer}/update_ratio"][0]);
        }
    }

    [Fact]
    public void MeasuresGradientsBeforeTheyAreClipped()
    {
        Dataset data = Samples.Clouds(32, 6);
        float plain = Compiled(new SGD(Rate)).Fit(data, callbacks: [new LayerStatistics()])["dense1/gradient_norm"][0];
        History clipped = Compiled(new SGD(Rate) { ClipNorm = 1e-3f }).Fit(data, callbacks: [new LayerStatistics()]);

        AssertClose(plain, clipped["dense1/gradient_norm"][0]);
        Assert.InRange(clipped["dense1/update_norm"][0], 1e-6f, Rate * 1.5e-3f);
    }

    [Theory]
    [InlineData(1e-22f)]
    [InlineData(1e20f)]
    public void MeasuresWhatIsTooSmallOrTooLargeForSingleSquares(float size)
    {
        // The derivative of the magnitude of an error is ±1: the gradient is as large as the features.
        var model = new Slope(seed: 1);
        model.Compile(new SGD(1e-12f), new MeanAbsoluteError());
        float[] features = [.. Enumerable.Range(0, 64).Select(i => size * (1 + (i % 5)))];
        var data = new Dataset(features, [.. Enumerable.Repeat(-1e30f, 32)], 32);
        Gradients gradients = model.ComputeGradients(data);
        History history = model.Fit(data, shuffle: false, callbacks: [new LayerStatistics()]);

        AssertClose(Norm(gradients["dense1/kernel"]), history["dense1/gradient_norm"][0]);
    }

    [Fact]
    public void ChangesNoBitOfTheTraining()
    {
        Dataset data = Samples.Clouds(300, 6);
        Small plain = Compiled(new Adam());
        Small watched = Compiled(new Adam());
        plain.Fit(data, epochs: 3, batchSize: 16, seed: 5);
        watched.Fit(data, epochs: 3, batchSize: 16, seed: 5, callbacks: [new LayerStatistics(every: 2)]);

        Assert.All(plain.Parameters, parameter => Assert.Equal(parameter.ToArray(), watched.Parameters[parameter.Name].ToArray()));
    }

    [Fact]
    public void GivesTheSameForAnyNumberOfThreads()
    {
        Dataset data = Samples.Clouds(300, 6);
        History one = Compiled(new Adam()).Fit(data, epochs: 2, batchSize: 300, seed: 5, threads: 1, callbacks: [new LayerStatistics(every: 1)]);
        History four = Compiled(new Adam()).Fit(data, epochs: 2, batchSize: 300, seed: 5, threads: 4, callbacks: [new LayerStatistics(every: 1)]);

        Assert.Equal(one.Keys, four.Keys);
        Assert.All(one.Keys, key => Assert.Equal(one[key], four[key]));
    }

    [Fact]
    public void AsksOnlyForTheStepsItMeasures()
    {
        var counted = new CountedNorms();
        Compiled(new Adam()).Fit(Samples.Clouds(96, 6), batchSize: 16, callbacks: [new LayerStatistics(every: 4), counted]);

        // Steps 0 to 5: the first and the fifth.
        Assert.Equal([true, false, false, false, true, false], counted.Had);
    }

    [Fact]
    public void WithoutItNothingIsMeasured()
    {
        var counted = new CountedNorms();
        Compiled(new Adam()).Fit(Samples.Clouds(96, 6), batchSize: 16, callbacks: [counted]);

        Assert.Equal(6, counted.Had.Count);
        Assert.All(counted.Had, Assert.False);
    }

    [Fact]
    public void CountsDeadUnitsAndSaturatedValues()
    {
        var model = new Dying(seed: 1);
        model.Compile(new SGD(1e-6f), new SparseCategoricalCrossentropy());
        History dying = model.Fit(Samples.Clouds(60, 4), callbacks: [new LayerStatistics()]);
        var tanh = new Tanh(seed: 1);
        tanh.Compile(new SGD(1e-6f), new SparseCategoricalCrossentropy());
        Dataset large = Samples.Clouds(60, 4, scale: 1000f);
        History flat = tanh.Fit(large, callbacks: [new LayerStatistics()]);

        Assert.Equal(1f, dying["dense1/dead_units"][0]);
        Assert.False(dying.ContainsKey("dense1/saturation"));
        Assert.False(dying.ContainsKey("dense2/dead_units"));
        float[] values = tanh.Activations(large.Features)["dense1"];
        Assert.Equal(values.Count(static y => 1 - (y * y) < 0.05f) / (float)values.Length, flat["dense1/saturation"][0], tolerance: 0.02f);
        Assert.InRange(flat["dense1/saturation"][0], 0.9f, 1f);
    }

    [Fact]
    public void TheHistoryIsWrittenAndReadBack()
    {
        using var folder = new TemporaryFolder();
        History history = Compiled(new Adam()).Fit(Samples.Clouds(60, 6), epochs: 3, callbacks: [new LayerStatistics()]);
        history.SaveJson(folder["history.json"]);
        history.SaveCsv(folder["history.csv"]);

        foreach (string file in new[] { "history.json", "history.csv" })
        {
            History read = History.Load(folder[file]);
            Assert.Equal(history.Keys, read.Keys);
            Assert.Equal(3, read.Epochs);
            Assert.All(history.Keys, key => Assert.Equal(history[key], read[key]));
        }
    }

    [Theory]
    [InlineData("empty.json", "{}", "it has no values")]
    [InlineData("h.json", "{}", "expected JSON")]
    [InlineData("h.json", "{\"first_epoch\":0,\"values\":{\"loss\":[\"a\"]}}", "expected JSON")]
    [InlineData("h.csv", "a,b\n1,2\n", "the first line must be")]
    [InlineData("h.csv", "epoch,loss\n0,1\n1\n", "line 3: expected 2 values, but found 1")]
    [InlineData("h.csv", "epoch,loss\n0,x\n", "line 2, column loss: expected a number, but found \"x\"")]
    public void WhatIsNoHistoryIsRefused(string name, string text, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[name], text);

        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => History.Load(folder[name])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheChartOfAHistoryLeavesLayersOut()
    {
        using var folder = new TemporaryFolder();
        History history = Compiled(new Adam()).Fit(Samples.Clouds(60, 6), epochs: 2, callbacks: [new LayerStatistics()]);
        history.SaveSvg(folder["h.svg"]);

        Assert.DoesNotContain("dense1", File.ReadAllText(folder["h.svg"]), StringComparison.Ordinal);
    }

    private static Small Compiled(Optimizer optimizer)
    {
        var model = new Small(seed: 3);
        model.Compile(optimizer, new SparseCategoricalCrossentropy(), new Accuracy());
        return model;
    }

    private static float NormOf(Model model, string layer) =>
        (float)Norm([.. model.Parameters[$"{layer}/kernel"].ToArray(), .. model.Parameters[$"{layer}/bias"].ToArray()]);

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(static value => (double)value * value));

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, tolerance: 1e-5 * Math.Abs(expected));

    private sealed class CountedNorms : Callback
    {
        public List<bool> Had { get; } = [];

        public override void OnBatchEnd(TrainingContext context) => Had.Add(context.UpdateNorms.Count > 0);
    }
}
