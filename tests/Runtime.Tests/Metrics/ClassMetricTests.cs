namespace Unroll.Runtime.Tests.Metrics;

public class ClassMetricTests
{
    private static readonly float[] s_prediction = [0.1f, 0.6f, 0.3f];

    public static TheoryData<Metric, Metric> Pairs() => new()
    {
        { new Precision(0.2f), new Precision(0.2f) },
        { new Recall(0.2f), new Recall(0.2f) },
        { new AUC(), new AUC() },
        { new F1Score(), new F1Score() },
        { new TopKAccuracy(2), new TopKAccuracy(2) },
        { new ConfusionMatrix(), new ConfusionMatrix() },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void ALabelCountsAsItsOneHotVector(Metric byLabel, Metric byVector)
    {
        byLabel.Update(s_prediction, [1f]);
        byLabel.Update(s_prediction, [2f]);
        byVector.Update(s_prediction, [0f, 1f, 0f]);
        byVector.Update(s_prediction, [0f, 0f, 1f]);
        Assert.Equal(byVector.Result, byLabel.Result);
        Assert.NotEqual(0f, byLabel.Result);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void OtherTargetsAreRefused(Metric metric, Metric other)
    {
        Assert.Throws<ArgumentException>(() => metric.Update(s_prediction, new float[2]));
        Assert.Throws<ArgumentException>(() => other.Update([], []));
    }

    [Fact]
    public void OfEquallyLargeValuesTheFirstAreTheTopK()
    {
        var precision = new Precision(topK: 1);
        precision.Update([0.4f, 0.4f, 0.2f], [0f, 1f, 0f]);
        Assert.Equal(0f, precision.Result);
        precision.Update([0.4f, 0.4f, 0.2f], [1f, 0f, 0f]);
        Assert.Equal(0.5f, precision.Result);
    }

    [Fact]
    public void ValuesAsLargeAsTheKthCountInTopKAccuracy()
    {
        var accuracy = new TopKAccuracy(1);
        accuracy.Update([0.4f, 0.4f, 0.2f], [1f]);
        Assert.Equal(1f, accuracy.Result);
        Assert.Contains("label 3 is not in 0..2", Assert.Throws<ArgumentException>(() => accuracy.Update(new float[3], [3f])).Message);
    }

    [Fact]
    public void AVectorOfZerosNamesNoClass()
    {
        var score = new F1Score();
        score.Update([0f, 0f], [1f, 0f]);
        Assert.Equal([0f, 0f], score.PerClass);
        score.Update([0.5f, 0f], [1f, 0f]);
        Assert.Equal(2 * 0.5 / 1.5, score.PerClass[0], 1e-6);
    }

    [Fact]
    public void TheConfusionMatrixCountsTruthByAnswer()
    {
        var matrix = new ConfusionMatrix();
        matrix.Update([0.1f, 0.6f, 0.3f], [1f]);
        matrix.Update([0.1f, 0.6f, 0.3f], [2f], weight: 10.5f);
        matrix.Update([0.7f, 0.2f, 0.1f], [1f, 0f, 0f]);
        Assert.Equal(3, matrix.Classes);
        Assert.Equal(10.5, matrix[2, 1]);
        Assert.Equal(0, matrix[1, 2]);
        Assert.Equal(2f / 12.5f, matrix.Result);
        using var culture = new ForeignCulture();
        Assert.Equal(
            """
            actual \ predicted
                       0     1     2
                 0     1     0     0
                 1     0     1     0
                 2     0  10.5     0
            """.ReplaceLineEndings("\n"),
            matrix.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[3, 0]);
        Assert.Throws<ArgumentException>(() => matrix.Update([1f], [1f]));
        matrix.Reset();
        Assert.Equal(0, matrix[2, 1]);
    }

    [Fact]
    public void OneOutputHasTwoClasses()
    {
        var matrix = new ConfusionMatrix();
        matrix.Update([0.9f], [1f]);
        matrix.Update([0.5f], [1f]);
        Assert.Equal((1, 1, 0), (matrix[1, 1], matrix[1, 0], matrix[0, 1]));
    }

    [Fact]
    public void ConstantTargetsHaveNoR2Score()
    {
        var score = new R2Score();
        score.Update([1f], [2f]);
        score.Update([3f], [2f]);
        Assert.Equal(0f, score.Result);
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Equal("threshold", Assert.Throws<ArgumentOutOfRangeException>(() => new Precision(1.5f)).ParamName);
        Assert.Equal("topK", Assert.Throws<ArgumentOutOfRangeException>(() => new Recall(topK: 0)).ParamName);
        Assert.Equal("classId", Assert.Throws<ArgumentOutOfRangeException>(() => new Recall(classId: -1)).ParamName);
        Assert.Equal("numThresholds", Assert.Throws<ArgumentOutOfRangeException>(() => new AUC(1)).ParamName);
        Assert.Equal("curve", Assert.Throws<ArgumentOutOfRangeException>(() => new AUC(curve: (AucCurve)5)).ParamName);
        Assert.Equal("threshold", Assert.Throws<ArgumentOutOfRangeException>(() => new F1Score(threshold: 0f)).ParamName);
        Assert.Equal("k", Assert.Throws<ArgumentOutOfRangeException>(() => new TopKAccuracy(0)).ParamName);
        Assert.Equal("regressors", Assert.Throws<ArgumentOutOfRangeException>(() => new R2Score(regressors: -1)).ParamName);
        Assert.Throws<ArgumentException>(() => new Precision(classId: 3).Update(s_prediction, s_prediction));
    }

    [Fact]
    public void ResetForgetsHowManyClassesThereWere()
    {
        foreach (Metric metric in (Metric[])[new F1Score(), new R2Score()])
        {
            metric.Update([0.1f, 0.6f, 0.3f], [0f, 1f, 0f]);
            metric.Reset();
            metric.Update([0.25f, 0.75f], [0f, 1f]);
            Assert.True(float.IsFinite(metric.Result));
        }
    }

    /// <summary>The score of equal targets is 0, however the sums of their squares are rounded.</summary>
    [Theory]
    [InlineData(0.1f)]
    [InlineData(-0.7f)]
    [InlineData(1234.567f)]
    public void R2OfEqualTargetsIsZero(float target)
    {
        foreach (int count in (int[])[2, 100, 100_000])
        {
            var score = new R2Score();
            for (int i = 0; i < count; i++)
            {
                score.Update([target + (i % 2) - 0.25f], [target]);
            }

            Assert.Equal(0f, score.Result);
        }
    }
}
