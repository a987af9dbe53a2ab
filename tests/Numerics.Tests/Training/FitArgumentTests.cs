using System.Globalization;

namespace Unroll.Numerics.Tests.Training;

/// <summary>What <c>Fit</c> refuses, by name and value, and what its split of the data is.</summary>
public sealed class FitArgumentTests
{
    public static TheoryData<string, float> Refused => new()
    {
        { "epochs", 0 },
        { "epochs", -1 },
        { "batchSize", 0 },
        { "validationSplit", -0.1f },
        { "validationSplit", 1f },
        { "validationSplit", float.NaN },
        { "threads", -1 },
        { "initialEpoch", -1 },
        { "initialEpoch", 1 },
        { "stepsPerEpoch", 0 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void AnArgumentOutOfItsRangeIsNamedWithItsValue(string name, float value)
    {
        Model model = Create();
        float[] before = Fits.Weights(model);
        AssertNamed(name, value, () => Fit(model, name, value));
        if (name is not ("batchSize" or "validationSplit"))
        {
            AssertNamed(name, value, () => FitSequence(model, name, (int)value));
        }

        Assert.Equal(before, Fits.Weights(model));
    }

    [Theory]
    [InlineData(3f, "label 3 is not in 0..2")]
    [InlineData(-1f, "label -1 is not in 0..2")]
    [InlineData(0.5f, "label 0.5 is not an integer")]
    public void ALabelThatIsNoClassIsNamedWithItsRow(float label, string fault)
    {
        Model model = Fits.Classifier();
        model.Compile(new SGD(), new SparseCategoricalCrossentropy());
        float[] before = Fits.Weights(model);
        float[] labels = [.. Fits.Labels];
        labels[7] = label;
        var data = new Dataset(Fits.Features, labels, Fits.Rows);
        foreach (Action use in new Action[] { () => model.Fit(data), () => model.Fit(Fits.Labelled, validation: data), () => model.Evaluate(data) })
        {
            Assert.Contains($"the target of row 7 is not usable: {fault}", Assert.Throws<ArgumentException>(use).Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Fits.Weights(model));
    }

    [Fact]
    public void NullsAreNamed()
    {
        Model model = Create();
        Assert.Equal("training", Assert.Throws<ArgumentNullException>(() => model.Fit((Dataset)null!)).ParamName);
        Assert.Equal("training", Assert.Throws<ArgumentNullException>(() => model.Fit((IEnumerable<Batch>)null!)).ParamName);
        Assert.Equal("data", Assert.Throws<ArgumentNullException>(() => model.Adapt(null!)).ParamName);
    }

    [Fact]
    public void TheContractsOrderOfArgumentsHolds()
    {
        History history = Create().Fit(Fits.Data, 2, 7, Fits.Data, 0f, true, 3, [], 1, CancellationToken.None);
        Assert.Equal(["loss", "val_loss"], history.Keys);
        Assert.Equal(2, history["loss"].Count);
    }

    [Theory]
    [InlineData(0.25f, 21)]
    [InlineData(0.1f, 25)]
    public void ASplitTakesTheLastRows(float fraction, int kept)
    {
        // ⌊28·(1 − 0.1)⌋ is 25.
        Model split = Create();
        History history = split.Fit(Fits.Data, epochs: 2, batchSize: 5, validationSplit: fraction, seed: 3);
        Model given = Create();
        History expected = given.Fit(Fits.Data.Take(kept), epochs: 2, batchSize: 5, validation: Fits.Data.Skip(kept), seed: 3);
        Assert.Equal(Fits.Weights(given), Fits.Weights(split));
        Assert.Equal(expected["val_loss"], history["val_loss"]);
    }

    [Fact]
    public void ValidationDataMakeTheSplitVoid()
    {
        Model both = Create();
        both.Fit(Fits.Data, validation: Fits.Data, validationSplit: 0.5f, seed: 3);
        Model given = Create();
        given.Fit(Fits.Data, validation: Fits.Data, seed: 3);
        Assert.Equal(Fits.Weights(given), Fits.Weights(both));
    }

    [Fact]
    public void ASplitThatLeavesASideEmptyIsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => Create().Fit(Fits.Data.Take(2), validationSplit: 0.9f));
        Assert.Contains("leaves 0 of 2 rows", error.Message, StringComparison.Ordinal);
    }

    private static History Fit(Model model, string name, float value)
    {
        int number = (int)value;
        return name switch
        {
            "epochs" => model.Fit(Fits.Data, epochs: number),
            "batchSize" => model.Fit(Fits.Data, batchSize: number),
            "validationSplit" => model.Fit(Fits.Data, validationSplit: value),
            "threads" => model.Fit(Fits.Data, threads: number),
            "initialEpoch" => model.Fit(Fits.Data, initialEpoch: number),
            _ => model.Fit(Fits.Data, stepsPerEpoch: number),
        };
    }

    private static History FitSequence(Model model, string name, int value)
    {
        Batch[] batches = [new Batch(Fits.Features, Fits.Targets, Fits.Rows)];
        return name switch
        {
            "epochs" => model.Fit(batches, epochs: value),
            "threads" => model.Fit(batches, threads: value),
            "initialEpoch" => model.Fit(batches, initialEpoch: value),
            _ => model.Fit(batches, stepsPerEpoch: value),
        };
    }

    private static void AssertNamed(string name, float value, Action fit)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(fit);
        Assert.Equal(name, error.ParamName);
        Assert.Contains(value.ToString(CultureInfo.CurrentCulture), error.Message, StringComparison.Ordinal);
    }

    private static Model Create()
    {
        Model model = Fits.Model();
        model.Compile(new SGD(0.1f), new MeanSquaredError());
        return model;
    }
}
