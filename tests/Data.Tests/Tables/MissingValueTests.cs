namespace Unroll.Data.Tests;

public class MissingValueTests
{
    private const string Text = "a,b,c,kind\n1,10,100,x\n?,20,200,y\n3,,300,?\n5,-1,-1.0,x\n";

    [Fact]
    public void RefusesThemByDefault()
    {
        Table table = Tables.Of(Text);

        string question = Assert.Throws<FormatException>(() => table.ToDataset(["a"], "c")).Message;
        string empty = Assert.Throws<FormatException>(() => table.ToDataset(["b"], "c")).Message;

        Assert.StartsWith("t.csv, line 3, column 1 ('a'): expected a value", question);
        Assert.EndsWith("but found '?'.", question);
        Assert.StartsWith("t.csv, line 4, column 2 ('b'): expected a value", empty);
        Assert.Contains("CsvOptions.Missing", empty);
    }

    [Fact]
    public void RefusesANamedNumber()
    {
        Table table = Tables.Of(Text, new CsvOptions { MissingNumber = -1 });

        Assert.EndsWith("but found '-1.0'.", Assert.Throws<FormatException>(() => table.ToDataset(["c"], "c")).Message);
    }

    [Fact]
    public void DropsRowsWithAMissingValueInAColumnUsed()
    {
        Table table = Tables.Of(Text, new CsvOptions { Missing = MissingValues.Drop });

        Assert.Equal([1f, 3f, 5f], table.ToDataset(["a"], "c").Features.ToArray());
        Assert.Equal([1f, 10f, 5f, -1f], table.ToDataset(["a", "b"], "c").Features.ToArray());
        Assert.Equal([100f, -1f], table.EncodeLabels("kind").ToDataset(["a", "kind"], "c").Targets.ToArray());
    }

    [Fact]
    public void ReplacesThemByTheMeanOfTheOthers()
    {
        const string WithTarget = "a,b,c,y\n1,10,100,1\n?,20,200,2\n3,,300,3\n5,-1,-1.0,4\n";
        Table table = Tables.Of(WithTarget, new CsvOptions { Missing = MissingValues.Mean, MissingNumber = -1 });

        Dataset data = table.ToDataset(["a", "b", "c"], "y");

        Assert.Equal([1f, 10f, 100f, 3f, 20f, 200f, 3f, 15f, 300f, 5f, 15f, 200f], data.Features.ToArray());
    }

    [Fact]
    public void TakesNoMeanOfTargetsAndCategories()
    {
        Table table = Tables.Of(Text, new CsvOptions { Missing = MissingValues.Mean }).EncodeOneHot("kind");

        Assert.Contains("line 3, column 1 ('a')", Assert.Throws<FormatException>(() => table.ToDataset(["c"], "a")).Message);
        Assert.Contains("line 4, column 4 ('kind')", Assert.Throws<FormatException>(() => table.ToDataset(["kind"], "c")).Message);
    }

    [Fact]
    public void RefusesColumnsWithNothingLeft()
    {
        Table dropped = Tables.Of("a,b\n?,1\n2,?\n", new CsvOptions { Missing = MissingValues.Drop });
        Table averaged = Tables.Of("a,b\n?,1\n?,2\n", new CsvOptions { Missing = MissingValues.Mean });

        Assert.Contains("no row is left", Assert.Throws<FormatException>(() => dropped.ToDataset(["a"], "b")).Message);
        Assert.Contains("take the mean of", Assert.Throws<FormatException>(() => averaged.ToDataset(["a"], "b")).Message);
    }

    [Fact]
    public void TakesOtherTextsForMissing()
    {
        var options = new CsvOptions { MissingTexts = ["n/a"], Missing = MissingValues.Drop };

        Assert.Equal([2f], Tables.Of("a,b\nn/a,1\n2,3\n", options).ToDataset(["a"], "b").Features.ToArray());
        Assert.Throws<FormatException>(() => Tables.Of("a,b\n?,1\n2,3\n", options).ToDataset(["a"], "b"));
    }
}
