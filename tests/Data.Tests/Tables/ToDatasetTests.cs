using System.Globalization;

namespace Unroll.Data.Tests;

public class ToDatasetTests
{
    [Fact]
    public void TakesColumnsInTheOrderAsked()
    {
        Dataset data = Tables.Of("a,b,text,c\n1,2,x,3\n4,5,y,6\n").ToDataset(features: ["c", "a"], target: "b");

        Assert.Equal((2, 2, 1), (data.Count, data.FeatureSize, data.TargetSize));
        Assert.Equal([3f, 1f, 6f, 4f], data.Features.ToArray());
        Assert.Equal([2f, 5f], data.Targets.ToArray());
    }

    [Fact]
    public void TakesSeveralTargets()
    {
        Dataset data = Tables.Of("a,b,c\n1,2,3\n4,5,6\n").ToDataset(features: ["a"], targets: ["c", "b"]);

        Assert.Equal([3f, 2f, 6f, 5f], data.Targets.ToArray());
    }

    [Fact]
    public void TakesAllColumnsButTheTarget()
    {
        Table table = Tables.Of("a,b,c\n1,2,3\n");

        Assert.Equal(["a", "c"], table.ColumnsExcept("b"));
        Assert.Equal([1f, 3f], table.ToDataset(table.ColumnsExcept("b"), "b").Features.ToArray());
    }

    [Theory]
    [InlineData("3504.", 3504f), InlineData("-.5", -0.5f), InlineData("+1.5e-3", 0.0015f), InlineData(" 7 ", 7f), InlineData("\"8\"", 8f)]
    public void ReadsNumbersInvariantly(string cell, float expected)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        commas.NumberFormat.NumberGroupSeparator = ".";
        commas.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.Equal([expected], Tables.Of($"a,b\n{cell},1\n").ToDataset(["a"], "b").Features.ToArray());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("abc"), InlineData("1 2"), InlineData("1.5.2"), InlineData("NaN"), InlineData("Infinity"), InlineData("-∞")]
    [InlineData("1e40"), InlineData("0x10"), InlineData("1_000"), InlineData("12kg"), InlineData("(3)")]
    public void RefusesABadCell(string cell)
    {
        Table table = Tables.Of($"a,b\n1,2\n\n{cell},4\n");

        string message = Assert.Throws<FormatException>(() => table.ToDataset(["a"], "b")).Message;

        Assert.StartsWith("t.csv, line 4, column 1 ('a'): expected a finite number", message);
        Assert.EndsWith($"but found '{cell}'.", message);
    }

    [Fact]
    public void RefusesADecimalComma() => Assert.Throws<FormatException>(
        () => Tables.Of("a;b\n1,5;2\n", new CsvOptions { Separator = ';' }).ToDataset(["a"], "b"));

    [Fact]
    public void ShowsTheStartOfALongCell()
    {
        Table table = Tables.Of($"a,b\n{new string('x', 5000)},4\n");

        Assert.InRange(Assert.Throws<FormatException>(() => table.ToDataset(["a"], "b")).Message.Length, 1, 300);
    }

    [Fact]
    public void ShowsACellOfSeveralLinesOnOne()
    {
        Table table = Tables.Of("a,b\n\"x\r\ny\",4\n");

        Assert.EndsWith("but found 'x\\ny'.", Assert.Throws<FormatException>(() => table.ToDataset(["a"], "b")).Message);
    }

    [Fact]
    public void NamesTheColumnsThereAre()
    {
        Table table = Tables.Of("sugars,fiber\n1,2\n");

        var feature = Assert.Throws<ArgumentException>(() => table.ToDataset(["sugar"], "fiber"));
        var target = Assert.Throws<ArgumentException>(() => table.ToDataset(["sugars"], "Fiber"));

        Assert.StartsWith("t.csv has no column 'sugar'; its columns are 'sugars', 'fiber'.", feature.Message);
        Assert.Equal(("features", "target"), (feature.ParamName, target.ParamName));
    }

    [Fact]
    public void RefusesNoFeaturesAndNoTargets()
    {
        Table table = Tables.Of("a,b\n1,2\n");

        Assert.Equal("features", Assert.Throws<ArgumentException>(() => table.ToDataset([], "b")).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentException>(() => table.ToDataset(["a"], targets: [])).ParamName);
    }
}
