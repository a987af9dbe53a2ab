namespace Unroll.Runtime.Tests.Data;

public class FoldTests
{
    // sklearn.model_selection.KFold(3) over ten rows: test parts of 4, 3 and 3 rows in order.
    [Fact]
    public void FoldsAreRunsOfRows()
    {
        (Dataset Training, Dataset Validation)[] folds = [.. Labelled(new float[10]).Folds(3)];

        Assert.Equal([[0, 1, 2, 3], [4, 5, 6], [7, 8, 9]], folds.Select(static fold => Rows(fold.Validation)));
        Assert.Equal([[4, 5, 6, 7, 8, 9], [0, 1, 2, 3, 7, 8, 9], [0, 1, 2, 3, 4, 5, 6]], folds.Select(static fold => Rows(fold.Training)));
    }

    [Fact]
    public void SeededFoldsAreShuffledAndCoverAllRowsOnce()
    {
        (Dataset Training, Dataset Validation)[] folds = [.. Labelled(new float[11]).Folds(4, seed: 5)];

        Assert.Equal([3, 3, 3, 2], folds.Select(static fold => fold.Validation.Count));
        Assert.Equal(Enumerable.Range(0, 11), folds.SelectMany(static fold => Rows(fold.Validation)).Order());
        Assert.All(folds, static fold => Assert.Equal(Enumerable.Range(0, 11), Rows(fold.Training).Concat(Rows(fold.Validation)).Order()));
        Assert.NotEqual([0, 1, 2], Rows(folds[0].Validation));
        Assert.Equal(Rows(folds[0].Validation), Rows(Labelled(new float[11]).Folds(4, seed: 5).First().Validation));
    }

    // The example of sklearn.model_selection.StratifiedKFold: y = [0, 0, 1, 1] in two folds.
    [Fact]
    public void StratifiedFoldsAreThoseOfScikitLearn()
    {
        int[][] folds = [.. Labelled([0f, 0f, 1f, 1f]).StratifiedFolds(2).Select(static fold => Rows(fold.Validation))];

        Assert.Equal([[0, 2], [1, 3]], folds);
    }

    [Theory]
    [InlineData(2, null), InlineData(3, 1), InlineData(5, 2), InlineData(7, null)]
    public void EachClassIsInEveryFoldInItsShare(int count, int? seed)
    {
        float[] labels = [.. Enumerable.Range(0, 97).Select(static row => row % 10 < 6 ? 0f : row % 10 < 9 ? 1f : 2f)];
        (Dataset Training, Dataset Validation)[] folds = [.. Labelled(labels).StratifiedFolds(count, seed)];

        Assert.Equal(Enumerable.Range(0, 97), folds.SelectMany(static fold => Rows(fold.Validation)).Order());
        foreach (float label in new[] { 0f, 1f, 2f })
        {
            int all = labels.Count(value => value == label);
            Assert.All(folds, fold => Assert.InRange(fold.Validation.Targets.ToArray().Count(value => value == label), all / count, (all / count) + 1));
        }

        Assert.All(folds, fold => Assert.InRange(fold.Validation.Count, 97 / count, (97 / count) + 1));
    }

    [Theory]
    [InlineData(0.8f, null), InlineData(0.5f, 3), InlineData(0.05f, 4), InlineData(0.96f, null)]
    public void AStratifiedSplitKeepsTheShares(float share, int? seed)
    {
        float[] labels = [.. Enumerable.Range(0, 100).Select(static row => row % 10 < 6 ? 5f : row % 10 < 9 ? 1f : row == 99 ? 3f : 2f)];
        labels[9] = 3f;
        (Dataset first, Dataset second) = Labelled(labels).StratifiedSplit(share, seed);

        Assert.Equal((int)(100 * (decimal)share), first.Count);
        Assert.Equal(Enumerable.Range(0, 100), Rows(first).Concat(Rows(second)).Order());
        foreach (float label in new[] { 5f, 1f, 2f, 3f })
        {
            int all = labels.Count(value => value == label);
            int inFirst = first.Targets.ToArray().Count(value => value == label);
            Assert.InRange(inFirst, 1, all - 1);
            Assert.InRange(inFirst - (all * share), -1.5f, 1.5f);
        }

        Assert.Equal(seed is not null, !Rows(first).SequenceEqual(Rows(first).Order()));
    }

    [Fact]
    public void OneHotTargetsAreClasses()
    {
        Dataset data = Labelled([0f, 0f, 0f, 1f, 1f, 1f]).WithTargets([1f, 0f, 1f, 0f, 1f, 0f, 0f, 1f, 0f, 1f, 0f, 1f]);

        Assert.All(data.StratifiedFolds(3), static fold => Assert.Equal(1f, fold.Validation.TargetOf(0)[0] + fold.Validation.TargetOf(1)[0]));
    }

    [Fact]
    public void RefusesWhatCannotBeParted()
    {
        Dataset data = Labelled([0f, 0f, 1f]);

        Assert.Throws<ArgumentOutOfRangeException>(() => data.Folds(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Folds(4));
        Assert.Throws<ArgumentException>(() => data.StratifiedFolds(3));
        Assert.Contains("class 1 has one", Assert.Throws<ArgumentException>(() => data.StratifiedSplit(0.5f)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Labelled([0f, 0f, 0f, 0f, 1f, 1f]).StratifiedSplit(0.2f));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.StratifiedSplit(1f));
        Assert.Throws<InvalidOperationException>(() => new Dataset([1f, 2f], 2).StratifiedFolds(2));
    }

    // Each row has its number for a feature.
    private static Dataset Labelled(float[] labels) =>
        new([.. Enumerable.Range(0, labels.Length).Select(static row => (float)row)], labels, labels.Length);

    private static int[] Rows(Dataset data) => [.. data.Features.ToArray().Select(static feature => (int)feature)];
}
