namespace Unroll.Runtime.Tests.Metrics;

public class AccuracyTests
{
    [Theory]
    [InlineData(0.5f, 0f, 1f)]
    [InlineData(0.5000001f, 0f, 0f)]
    [InlineData(0.5000001f, 1f, 1f)]
    [InlineData(0.2f, 1f, 0f)]
    public void OneOutputIsComparedWithAHalfStrictly(float prediction, float target, float expected)
    {
        var accuracy = new Accuracy();
        accuracy.Update([prediction], [target]);
        Assert.Equal(expected, accuracy.Result);
    }

    [Fact]
    public void OneTargetValueIsALabel()
    {
        var accuracy = new Accuracy();
        accuracy.Update([0.1f, 0.7f, 0.2f], [1f]);
        accuracy.Update([0.1f, 0.7f, 0.2f], [0f]);
        accuracy.Update([0.4f, 0.4f, 0.2f], [0f]);
        Assert.Equal(2f / 3f, accuracy.Result);
    }

    [Fact]
    public void EquallyLongTargetsAreComparedByTheirLargestValue()
    {
        var accuracy = new Accuracy();
        accuracy.Update([0.1f, 0.7f, 0.2f], [0f, 1f, 0f]);
        accuracy.Update([0.1f, 0.7f, 0.2f], [0.3f, 0.3f, 0.4f]);
        Assert.Equal(0.5f, accuracy.Result);
    }

    [Theory]
    [InlineData(1f, false)]
    [InlineData(2f, true)]
    [InlineData(3f, false)]
    [InlineData(2.5f, false)]
    [InlineData(5f, false)]
    [InlineData(-1f, false)]
    [InlineData(float.NaN, false)]
    public void OnlyTheFirstOfTheLargestIsRight(float label, bool isRight)
    {
        var accuracy = new Accuracy();
        accuracy.Update([-3f, -2f, -1f, -1f, -4f], [label]);
        Assert.Equal(isRight ? 1f : 0f, accuracy.Result);
    }

    [Fact]
    public void ANotANumberAmongSeveralOutputsIsWrong()
    {
        var accuracy = new Accuracy();
        accuracy.Update([float.NaN, float.NaN], [0f]);
        accuracy.Update([1f, float.NaN], [0f]);
        accuracy.Update([1f, float.NaN], [1f]);
        Assert.Equal(0f, accuracy.Result);
    }

    [Fact]
    public void WeightsCountAndResetForgets()
    {
        var accuracy = new Accuracy();
        Assert.Equal(0f, accuracy.Result);
        accuracy.Update([0.9f], [1f], weight: 3f);
        accuracy.Update([0.9f], [0f], weight: 1f);
        Assert.Equal(0.75f, accuracy.Result);
        accuracy.Reset();
        accuracy.Update([0.9f], [0f]);
        Assert.Equal(0f, accuracy.Result);
    }

    [Fact]
    public void OtherLengthsAreRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Accuracy().Update(new float[3], new float[2]));
        Assert.Contains("accuracy: it expects as many target values as the 3 predicted ones or one label, but got 2", error.Message);
    }
}
