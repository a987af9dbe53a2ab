namespace Unroll.Runtime.Tests.Losses;

public class LossArgumentTests
{
    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void LabelSmoothingOutsideTheUnitIntervalIsRefused(float smoothing)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryCrossentropy(labelSmoothing: smoothing));
        Assert.Equal("labelSmoothing", error.ParamName);
        Assert.Equal(smoothing, error.ActualValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CategoricalCrossentropy(labelSmoothing: smoothing));
    }

    [Fact]
    public void FocalAndHuberOptionsAreChecked()
    {
        Assert.Equal("delta", Assert.Throws<ArgumentOutOfRangeException>(() => new Huber(0f)).ParamName);
        Assert.Equal("alpha", Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryFocalCrossentropy(alpha: 1.5f)).ParamName);
        Assert.Equal("gamma", Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryFocalCrossentropy(gamma: -1f)).ParamName);
        Assert.Equal("alpha", Assert.Throws<ArgumentOutOfRangeException>(() => new CategoricalFocalCrossentropy(alpha: -1f)).ParamName);
        Assert.Equal(
            "gamma", Assert.Throws<ArgumentOutOfRangeException>(() => new CategoricalFocalCrossentropy(gamma: float.NaN)).ParamName);
    }

    [Fact]
    public void WeightsOfTheClassesAreChecked()
    {
        Assert.Equal("alpha", Assert.Throws<ArgumentOutOfRangeException>(() => new CategoricalFocalCrossentropy([0.1f, -2f])).ParamName);
        Assert.Equal("alpha", Assert.Throws<ArgumentException>(() => new CategoricalFocalCrossentropy([])).ParamName);
        var loss = new CategoricalFocalCrossentropy([0.1f, 0.2f, 0.7f]);
        Assert.Null(loss.FindFault([0f, 1f, 0f], 3));
        Assert.Equal("alpha has 3 weights, but there are 2 classes", loss.FindFault([0f, 1f], 2));
        Assert.Contains(
            "3 weights in alpha, but got 2 predicted values",
            Assert.Throws<ArgumentException>(() => loss.Evaluate([0.5f, 0.5f], [0f, 1f], [])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12f, "label 12 is not in 0..9")]
    [InlineData(-1f, "label -1 is not in 0..9")]
    [InlineData(2.5f, "label 2.5 is not an integer")]
    [InlineData(float.NaN, "label NaN is not an integer")]
    [InlineData(9f, null)]
    public void SparseLabelsAreChecked(float label, string? fault)
    {
        var loss = new SparseCategoricalCrossentropy();

        Assert.Equal(fault, loss.FindFault([label], 10));
        Assert.Equal(1, loss.TargetSizeFor(10));
        if (fault is not null)
        {
            Assert.Contains(fault, Assert.Throws<ArgumentException>(() => loss.Evaluate(new float[10], [label], [])).Message);
        }
    }

    [Theory]
    [InlineData(2f, "target 2 is not in [0, 1]")]
    [InlineData(-0.5f, "target -0.5 is not in [0, 1]")]
    [InlineData(1f, null)]
    public void ProbabilityTargetsAreChecked(float target, string? fault)
    {
        Assert.Equal(fault, new BinaryCrossentropy().FindFault([0f, target], 2));
        Assert.Equal(fault, new CategoricalCrossentropy().FindFault([0f, target], 2));
    }

    [Fact]
    public void WrongLengthsAreNamed()
    {
        var loss = new MeanSquaredError();
        Assert.Equal("prediction", Assert.Throws<ArgumentException>(() => loss.Evaluate([], [], [])).ParamName);
        ArgumentException error = Assert.Throws<ArgumentException>(() => loss.Evaluate(new float[3], new float[2], []));
        Assert.Contains("mean_squared_error expects 3 target values for 3 predicted ones, but got 2", error.Message);
        Assert.Equal("gradient", Assert.Throws<ArgumentException>(() => loss.Evaluate([1f], [1f], new float[2])).ParamName);
        Assert.Equal(
            "probabilities",
            Assert.Throws<ArgumentException>(() => new BinaryCrossentropy().EvaluateLogits([1f], new float[2], [1f], [])).ParamName);
    }

    [Fact]
    public void NotANumberPassesThrough()
    {
        float[] gradient = new float[1];
        Assert.True(float.IsNaN(new MeanAbsoluteError().Evaluate([float.NaN], [1f], gradient)));
        Assert.True(float.IsNaN(gradient[0]));
        Assert.True(float.IsNaN(new BinaryCrossentropy().Evaluate([float.NaN], [1f], gradient)));
        Assert.True(float.IsNaN(gradient[0]));
    }

    [Fact]
    public void EvaluatingAllocatesNothing()
    {
        Loss[] losses =
        [
            new MeanSquaredError(), new BinaryCrossentropy(), new CategoricalCrossentropy(), new SparseCategoricalCrossentropy(),
        ];
        float[] prediction = [0.2f, 0.5f, 0.3f];
        float[] gradient = new float[3];
        float[] label = [1f];
        float[] target = [0f, 1f, 0f];
        foreach (Loss loss in losses)
        {
            float[] y = loss.TargetSizeFor(3) == 1 ? label : target;
            loss.Evaluate(prediction, y, gradient);
            long before = GC.GetAllocatedBytesForCurrentThread();
            loss.Evaluate(prediction, y, gradient);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }
}
