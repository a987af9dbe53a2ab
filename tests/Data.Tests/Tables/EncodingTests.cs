namespace Unroll.Data.Tests;

public class EncodingTests
{
    private static readonly Table s_flowers = Tables.Of("size,kind\n1,rose\n2,iris\n3,rose\n4,Tulip\n");

    [Fact]
    public void EncodesLabelsInOrdinalOrder()
    {
        Table table = s_flowers.EncodeLabels("kind");

        Assert.Equal(["Tulip", "iris", "rose"], table.Categories("kind"));
        Assert.Equal([2f, 1f, 2f, 0f], table.ToDataset(["size"], "kind").Targets.ToArray());
    }

    [Fact]
    public void EncodesOneHotTargets()
    {
        Dataset data = s_flowers.EncodeOneHot("kind").ToDataset(["size"], "kind");

        Assert.Equal([0f, 0f, 1f, 0f, 1f, 0f, 0f, 0f, 1f, 1f, 0f, 0f], data.Targets.ToArray());
    }

    [Fact]
    public void EncodesOneHotFeaturesBetweenOthers()
    {
        Dataset data = Tables.Of("a,b,c,y\n1,p,2,0\n3,q,4,0\n").EncodeOneHot("b").ToDataset(["a", "b", "c"], "y");

        Assert.Equal(4, data.FeatureSize);
        Assert.Equal([1f, 1f, 0f, 2f, 3f, 0f, 1f, 4f], data.Features.ToArray());
    }

    [Fact]
    public void SortsNumbersAsNumbers() =>
        Assert.Equal(["2", "9", "10"], Tables.Of("n,y\n10,0\n9,0\n2,0\n").EncodeLabels("n").Categories("n"));

    [Fact]
    public void LeavesMissingValuesOutOfTheCategories()
    {
        Table table = Tables.Of("n,y\nb,0\n?,0\na,0\n-1,0\n", new CsvOptions { MissingNumber = -1 });

        Assert.Equal(["a", "b"], table.EncodeLabels("n").Categories("n"));
    }

    [Fact]
    public void EncodesASecondFileLikeTheFirst()
    {
        Table first = s_flowers.EncodeLabels("kind");
        Table second = Tables.Of("size,kind\n5,rose\n").EncodeLabels("kind", first.Categories("kind"));

        Assert.Equal([2f], second.ToDataset(["size"], "kind").Targets.ToArray());
    }

    [Fact]
    public void RefusesATextThatIsNoCategory()
    {
        Table table = s_flowers.EncodeOneHot("kind", ["rose", "iris"]);

        string message = Assert.Throws<FormatException>(() => table.ToDataset(["size"], "kind")).Message;

        Assert.Equal("t.csv, line 5, column 2 ('kind'): expected one of the categories 'rose', 'iris', but found 'Tulip'.", message);
    }

    [Fact]
    public void PointsToTheEncodingsWhenTextIsUsedAsANumber()
    {
        string message = Assert.Throws<FormatException>(() => s_flowers.ToDataset(["kind"], "size")).Message;

        Assert.Contains("line 2, column 2 ('kind')", message);
        Assert.Contains("EncodeOneHot", message);
    }

    [Fact]
    public void RefusesCategoriesThatCannotBe()
    {
        Assert.Throws<ArgumentException>(() => s_flowers.EncodeLabels("kind", []));
        Assert.Throws<ArgumentException>(() => s_flowers.EncodeLabels("kind", ["a", "a"]));
        Assert.Throws<ArgumentException>(() => s_flowers.EncodeLabels("color"));
        Assert.Throws<ArgumentException>(() => s_flowers.Categories("kind"));
        Assert.Throws<FormatException>(() => Tables.Of("n,y\n?,0\n").EncodeLabels("n"));
    }
}
