namespace Unroll.Runtime.Tests.Measures;

public class LossMetricTests
{
    [Fact]
    public void ALossStandsWhereAMetricIsWanted()
    {
        Assert.Equal(["mean_absolute_error", "accuracy"], NamesOf(new MeanAbsoluteError(), new Accuracy()));
        Assert.Equal(["binary_crossentropy"], NamesOf([new BinaryCrossentropy()]));
        Assert.Throws<ArgumentNullException>(() => (Metric)(Loss)null!);
    }

    [Fact]
    public void TheResultIsTheWeightedMeanOfTheVectors()
    {
        Metric metric = new MeanAbsoluteError();
        Assert.Equal(0f, metric.Result);
        metric.Update([1f, 3f], [0f, 0f]);
        metric.Update([10f, 10f], [0f, 0f], weight: 3f);
        Assert.Equal((2f + 30f) / 4f, metric.Result);
        Assert.False(metric.HigherIsBetter);
        metric.Reset();
        metric.Update([1f], [0f]);
        Assert.Equal(1f, metric.Result);
    }

    [Fact]
    public void CosineSimilarityIsTheSimilarityItself()
    {
        Metric metric = new CosineSimilarity();
        metric.Update([0f, 2f], [0f, 5f]);
        metric.Update([1f, 0f], [0f, 1f]);
        Assert.Equal(0.5f, metric.Result);
        Assert.Equal("cosine_similarity", metric.Name);
        Assert.True(metric.HigherIsBetter);
    }

    private static string[] NamesOf(params ReadOnlySpan<Metric> metrics)
    {
        string[] names = new string[metrics.Length];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = metrics[i].Name;
        }

        return names;
    }
}
