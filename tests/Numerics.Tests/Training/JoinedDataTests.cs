using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Data sets made of an array for each input and output, held against the inputs and outputs of a network.</summary>
public sealed class JoinedDataTests
{
    private const int Rows = Pictures.Rows;

    private static readonly Dataset s_swappedInputs = new(inputs: [Pictures.Meta, Pictures.Images], targets: [Pictures.Digits, Pictures.Even], Rows);
    private static readonly Dataset s_swappedTargets = new(inputs: [Pictures.Images, Pictures.Meta], targets: [Pictures.Even, Pictures.Digits], Rows);

    public static TheoryData<string> Uses => ["Fit", "Validation", "Evaluate", "ComputeGradients", "FindLearningRate"];

    public static TheoryData<string> Derived =>
        ["Take", "Skip", "Split", "Split by a seed", "Select", "Shuffle", "Shard", "Concat", "Concat to rows", "Folds", "StratifiedSplit"];

    [Theory]
    [MemberData(nameof(Uses))]
    public void ArraysInAnotherOrderThanTheInputsAreRefused(string use) => AssertRefused(
        "Input image takes 4 values a sample, but array 0 of the inputs has 2.", use, s_swappedInputs);

    [Theory]
    [MemberData(nameof(Uses))]
    public void ArraysInAnotherOrderThanTheOutputsAreRefused(string use) => AssertRefused(
        "mean_squared_error over output digit of 3 expects 3 target values a sample, but array 0 of the targets has 1.", use, s_swappedTargets);

    [Theory]
    [MemberData(nameof(Derived))]
    public void WhatIsMadeOfThemIsRefusedAsWell(string way)
    {
        AssertRefused("Input image takes 4 values", "Evaluate", Derive(s_swappedInputs, way));
        AssertRefused("over output digit of 3 expects 3 target values", "Evaluate", Derive(s_swappedTargets, way));
        Assert.True(float.IsFinite(Pictures.Model().Evaluate(Derive(Pictures.Data, way)).Loss));
    }

    [Fact]
    public void AnotherNumberOfArraysIsRefused()
    {
        float[] half = RandomValues.Uniform(Rows * 2, seed: 7);
        AssertRefused(
            "takes 2 inputs (image and meta), but there are 3 arrays of inputs.", "Fit",
            new Dataset([half, half, Pictures.Meta], [Pictures.Digits, Pictures.Even], Rows));
        AssertRefused(
            "has 2 outputs (digit and even), but there are 3 arrays of targets.", "Fit",
            new Dataset([Pictures.Images, Pictures.Meta], [half, Pictures.Even, Pictures.Even], Rows));
    }

    [Fact]
    public void AdaptRefusesThem() => Assert.StartsWith(
        "Input image takes 4 values a sample, but array 0 of the inputs has 2.",
        Assert.Throws<ArgumentException>(() => Pictures.Scaled().Adapt(s_swappedInputs)).Message,
        StringComparison.Ordinal);

    /// <summary>Batches made of arrays train as the data set made of the same arrays does, and are held against the network.</summary>
    [Fact]
    public void BatchesOfArrays()
    {
        Model whole = Pictures.Model();
        whole.Fit(Pictures.Data, epochs: 2, batchSize: Rows, shuffle: false, seed: 3);
        Model batches = Pictures.Model();
        batches.Fit([new Batch([Pictures.Images, Pictures.Meta], [Pictures.Digits, Pictures.Even], Rows)], epochs: 2, seed: 3);
        Assert.Equal(Fits.Weights(whole), Fits.Weights(batches));

        Assert.Contains(
            "Input image takes 4 values a sample, but array 0 of the inputs has 2.",
            Assert.Throws<ArgumentException>(() => batches.Fit([new Batch([Pictures.Meta, Pictures.Images], [Pictures.Digits, Pictures.Even], Rows)])).Message,
            StringComparison.Ordinal);
        Assert.Equal("targets", Assert.Throws<ArgumentException>(() => new Batch([Pictures.Meta], [], Rows)).ParamName);
        Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => new Batch([], [Pictures.Even], Rows)).ParamName);
    }

    /// <summary>Batches of memory, of a buffer that is filled anew for each, train as those of arrays do, and are held against the network.</summary>
    [Fact]
    public void BatchesOfMemory()
    {
        const int half = Rows / 2;
        Model arrays = Pictures.Model();
        arrays.Fit(Pictures.Data, epochs: 2, batchSize: half, shuffle: false, seed: 3);
        Model batches = Pictures.Model();
        batches.Fit(Read(), epochs: 2, seed: 3);
        Assert.Equal(Fits.Weights(arrays), Fits.Weights(batches));

        AssertRefused(
            "Input image takes 4 values a sample, but array 0 of the inputs has 2.", "Fit",
            new Dataset([Pictures.Meta.AsMemory(), Pictures.Images], [Pictures.Digits, Pictures.Even], Rows));

        static IEnumerable<Batch> Read()
        {
            float[] buffer = new float[half * 10];
            for (int first = 0; first < Rows; first += half)
            {
                yield return new Batch(
                    inputs: [Filled(0, Pictures.Images, first, 4), Filled(4, Pictures.Meta, first, 2)],
                    targets: [Filled(6, Pictures.Digits, first, 3), Filled(9, Pictures.Even, first, 1)],
                    half);
            }

            ReadOnlyMemory<float> Filled(int offset, float[] rows, int first, int width)
            {
                Memory<float> part = buffer.AsMemory(offset * half, width * half);
                rows.AsMemory(first * width, width * half).CopyTo(part);
                return part;
            }
        }
    }

    /// <summary>Rows that were joined before are taken as they are, and so are columns joined for a single input.</summary>
    [Fact]
    public void JoinedRowsAreTaken()
    {
        Dataset data = Pictures.Data;
        float expected = Pictures.Model().Evaluate(data).Loss;

        Assert.Equal(expected, Pictures.Model().Evaluate(new Dataset(data.Features.ToArray(), data.Targets.ToArray(), Rows)).Loss);
        Assert.Equal(expected, Pictures.Model().Evaluate(new Dataset([data.Features.ToArray()], [data.Targets.ToArray()], Rows)).Loss);
        Assert.Equal(expected, Pictures.Model().Evaluate(s_swappedInputs.WithFeatures(data.Features.ToArray())).Loss);
        Assert.Equal(expected, Pictures.Model().Evaluate(s_swappedTargets.WithTargets(data.Targets.ToArray())).Loss);

        Model single = Fits.Model();
        single.Compile(new SGD(), new MeanSquaredError());
        float[] column = RandomValues.Uniform(Rows, seed: 8);
        float[][] columns = [.. Enumerable.Repeat(column, Fits.Inputs)];
        Assert.True(float.IsFinite(single.Evaluate(new Dataset(columns, [column, column, column], Rows)).Loss));
    }

    [Fact]
    public void ExchangingOneSideKeepsTheSizesOfTheOther()
    {
        AssertRefused("Input image takes 4 values", "Evaluate", s_swappedInputs.WithTargets(s_swappedInputs.Targets.ToArray()));
        AssertRefused("over output digit of 3", "Evaluate", s_swappedTargets.WithFeatures(s_swappedTargets.Features.ToArray()));
    }

    [Fact]
    public void ConcatRefusesSizesThatDiffer()
    {
        AssertConcatRefused("Expected inputs of 4 and 2 values as an earlier data set's, but one has 2 and 4.", s_swappedInputs);
        AssertConcatRefused("Expected targets of 3 and 1 values as an earlier data set's, but one has 1 and 3.", s_swappedTargets);

        static void AssertConcatRefused(string message, Dataset other) => Assert.StartsWith(
            message, Assert.Throws<ArgumentException>(() => Dataset.Concat(Pictures.Data, other)).Message, StringComparison.Ordinal);
    }

    /// <summary>Inputs alone are joined as with targets, for all that takes rows of features.</summary>
    [Fact]
    public void InputsWithoutTargetsAreForPredictions()
    {
        var inputs = new Dataset([Pictures.Images, Pictures.Meta], targets: [], Rows);
        Model model = Pictures.Model();

        Assert.Equal(Pictures.Data.Features.ToArray(), inputs.Features.ToArray());
        Assert.Equal((Rows, 6, 0), (inputs.Count, inputs.FeatureSize, inputs.TargetSize));
        Assert.Equal(model.Predict(Pictures.Data.Features), model.Predict(inputs.Features));
        Assert.Equal(model.Activations(Pictures.Data.Features)["both"], model.Activations(inputs.Features)["both"]);
        Assert.Equal(Pictures.Data.Select([3, 1]).Features.ToArray(), inputs.Select([3, 1]).Features.ToArray());
        AssertRefused(
            "Input image takes 4 values", "Evaluate",
            new Dataset([Pictures.Meta, Pictures.Images], targets: [], Rows).Shuffle(seed: 1).WithTargets(Pictures.Data.Targets.ToArray()));
        Assert.True(float.IsFinite(model.Evaluate(inputs.WithTargets(Pictures.Data.Targets.ToArray())).Loss));
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void InputsWithoutTargetsAreRefusedWhereTargetsAreMissing(string use)
    {
        const string message = "mean_squared_error over output digit of 3 expects 3 target values a sample and "
            + "mean_absolute_error over output even of 1 expects 1 target values a sample, but the data has no targets.";
        AssertRefused(message, use, new Dataset([Pictures.Images, Pictures.Meta], targets: [], Rows));
        AssertRefused(message, use, new Dataset(Pictures.Data.Features.ToArray(), Rows));
    }

    [Fact]
    public void WhatIsNoListOfInputsOrTargetsIsNamed()
    {
        Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => new Dataset([], [Pictures.Digits], Rows)).ParamName);
        Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => new Dataset([[]], [], Rows)).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentException>(() => new Dataset([Pictures.Images], [[]], Rows)).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentNullException>(() => new Dataset([Pictures.Images], null!, Rows)).ParamName);
        Assert.Equal("inputs[1] is null. (Parameter 'inputs')", Assert.Throws<ArgumentNullException>(() => new Dataset([Pictures.Images, null!], [], Rows)).Message);
        Assert.Equal("targets", Assert.Throws<ArgumentException>(() => new Dataset(Pictures.Images, new float[0], Rows)).ParamName);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => new Dataset([Pictures.Images], [], 0)).ParamName);
        ArgumentException weighted = Assert.Throws<ArgumentException>(() => new Dataset([Pictures.Images], [], Rows, new float[Rows]));
        Assert.Equal("sampleWeights", weighted.ParamName);
        Assert.StartsWith("Weights count in the loss, but there are no targets for one.", weighted.Message, StringComparison.Ordinal);
    }

    private static Dataset Derive(Dataset data, string way) => way switch
    {
        "Take" => data.Take(5),
        "Skip" => data.Skip(5),
        "Split" => data.Split(0.5f).Second,
        "Split by a seed" => data.Split(0.5f, seed: 1).First,
        "Select" => data.Select([3, 1]),
        "Shuffle" => data.Shuffle(seed: 1),
        "Shard" => data.Shard(1, 2),
        "Concat" => Dataset.Concat(data, data),
        "Concat to rows" => Dataset.Concat(new Dataset(data.Features.ToArray(), data.Targets.ToArray(), Rows), data),
        "Folds" => data.Folds(3).First().Training,
        _ => data.StratifiedSplit(0.5f).First,
    };

    private static void AssertRefused(string message, string use, Dataset data)
    {
        Model model = Pictures.Model();
        Action run = use switch
        {
            "Fit" => () => model.Fit(data),
            "Validation" => () => model.Fit(Pictures.Data, validation: data),
            "Evaluate" => () => model.Evaluate(data),
            "ComputeGradients" => () => model.ComputeGradients(data),
            _ => () => model.FindLearningRate(data),
        };
        Assert.Contains(message, Assert.Throws<ArgumentException>(run).Message, StringComparison.Ordinal);
    }
}
