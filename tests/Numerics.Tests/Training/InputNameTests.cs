namespace Unroll.Numerics.Tests.Training;

/// <summary>Messages about data name the input or the output where there are several.</summary>
public sealed class InputNameTests
{
    private const int Rows = Pictures.Rows;

    public static TheoryData<string> Uses => ["Fit", "Batches", "Evaluate", "ComputeGradients", "FindLearningRate"];

    [Theory]
    [MemberData(nameof(Uses))]
    public void AFeatureThatIsNotFiniteIsNamedByItsInput(string use)
    {
        float[] features = [.. Pictures.Data.Features];
        features[6 + 5] = float.NaN;
        AssertRefused("position 1 of input meta in row 1, both counted from 0, is NaN", use, features, [.. Pictures.Data.Targets]);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void ATargetThatIsNotFiniteIsNamedByItsOutput(string use)
    {
        float[] targets = [.. Pictures.Data.Targets];
        targets[(2 * 4) + 2] = float.PositiveInfinity;
        AssertRefused($"position 2 of the target of output digit in row 2, both counted from 0, is {float.PositiveInfinity}", use, [.. Pictures.Data.Features], targets);
    }

    [Fact]
    public void WeightsThatAreTooManyAreHeldAgainstTheOutputNamed()
    {
        var data = new Dataset([Pictures.Images, Pictures.Meta], [Pictures.Digits, Pictures.Even], Rows, [.. Enumerable.Repeat(1f, 3 * Rows)]);

        Assert.StartsWith(
            "Output digit of 3 expects 1 weight a sample, but the data has 3.",
            Assert.Throws<ArgumentException>(() => Pictures.Model().Evaluate(data)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void DataOfAnotherSizeAreHeldAgainstTheSizesOfAllInputs(string use) => AssertRefused(
        "PicturesNet takes samples of 6 values (image 4 and meta 2), but the data has 4", use, Pictures.Images, [.. Pictures.Data.Targets]);

    [Fact]
    public void ValuesThatAreNoRowsAreHeldAgainstTheSizesOfAllInputs()
    {
        const string message = "PicturesNet takes samples of 6 values (image 4 and meta 2), but got 7 values, which is no multiple.";
        Model model = Pictures.Model();
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => model.Activations(new float[7])).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => model.Predict(new float[7])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ActivationsNameTheirOwnArgument()
    {
        Assert.Equal("features", Assert.Throws<ArgumentException>(() => Pictures.Model().Activations(new float[7])).ParamName);
        Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => Pictures.Model().Predict(new float[7])).ParamName);
    }

    private static void AssertRefused(string message, string use, float[] features, float[] targets)
    {
        Model model = Pictures.Model();
        var data = new Dataset(features, targets, Rows);
        Action run = use switch
        {
            "Fit" => () => model.Fit(data),
            "Batches" => () => model.Fit([new Batch(features, targets, Rows)]),
            "Evaluate" => () => model.Evaluate(data),
            "ComputeGradients" => () => model.ComputeGradients(data),
            _ => () => model.FindLearningRate(data),
        };
        Assert.Contains(message, Assert.Throws<ArgumentException>(run).Message, StringComparison.Ordinal);
    }
}
