using Unroll.Tests;

namespace Unroll.Data.Tests;

/// <summary>The public data sets, read the way a user would.</summary>
public class RealFileTests
{
    [Fact]
    public void ReadsCereals()
    {
        Table table = Csv.Load(SharedData.PathOf("cereal.csv"), new CsvOptions { MissingNumber = -1, Missing = MissingValues.Drop });

        Dataset data = table.ToDataset(features: ["sugars", "fiber", "protein"], target: "calories");

        Assert.Equal(77, table.RowCount);
        Assert.Equal((76, 3), (data.Count, data.FeatureSize));
        Assert.Equal([6f, 10f, 4f], data.FeaturesOf(0).ToArray());
        Assert.Equal(["A", "G", "K", "N", "P", "Q", "R"], table.EncodeOneHot("mfr").Categories("mfr"));
    }

    [Fact]
    public void ReadsCars()
    {
        var options = new CsvOptions
        {
            Separator = ' ',
            HasHeader = false,
            ColumnNames = ["mpg", "cylinders", "displacement", "horsepower", "weight", "acceleration", "year", "origin", "name"],
        };
        string path = SharedData.PathOf("auto-mpg.data");
        Table refused = Csv.Load(path, options);
        Table dropped = Csv.Load(path, options with { Missing = MissingValues.Drop }).EncodeOneHot("origin");
        Table averaged = Csv.Load(path, options with { Missing = MissingValues.Mean });

        Dataset data = dropped.ToDataset(dropped.ColumnsExcept("mpg", "name"), "mpg");

        Assert.Equal(398, refused.RowCount);
        Assert.Equal("chevrolet chevelle malibu", refused.Texts("name")[0]);
        var missing = Assert.Throws<FormatException>(() => refused.ToDataset(["horsepower"], "mpg"));
        Assert.Contains("line 33, column 4 ('horsepower')", missing.Message);
        Assert.Equal((392, 9), (data.Count, data.FeatureSize));
        Assert.Equal([8f, 307f, 130f, 3504f, 12f, 70f, 1f, 0f, 0f], data.FeaturesOf(0).ToArray());
        Assert.Equal(104.469, averaged.ToDataset(["horsepower"], "mpg").FeaturesOf(32)[0], 3);
    }

    [Fact]
    public void ReadsWines()
    {
        Table table = Csv.Load(SharedData.PathOf("winequality-red.csv"), new CsvOptions { Separator = ';' });

        Dataset data = table.EncodeLabels("quality").ToDataset(table.ColumnsExcept("quality"), "quality");

        Assert.Equal((1599, 11), (data.Count, data.FeatureSize));
        Assert.Equal("fixed acidity", table.ColumnNames[0]);
        Assert.Equal([10, 53, 681, 638, 199, 18], CountLabels(data, 6));
    }

    [Fact]
    public void ReadsIrises()
    {
        Table table = Csv.Load(SharedData.PathOf("iris.csv"), new CsvOptions { SkipLines = 1, HasHeader = false });

        Dataset data = table.EncodeOneHot("column5").ToDataset(table.ColumnsExcept("column5"), "column5");

        Assert.Equal((150, 4, 3), (data.Count, data.FeatureSize, data.TargetSize));
        Assert.Equal([1f, 0f, 0f], data.TargetOf(0).ToArray());
    }

    [Fact]
    public void ReadsDigits()
    {
        Table table = Csv.Load(SharedData.PathOf("digits.csv.gz"), new CsvOptions { HasHeader = false });

        Dataset data = table.ToDataset(table.ColumnsExcept("column65"), "column65");

        Assert.Equal((1797, 64), (data.Count, data.FeatureSize));
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], CountLabels(data, 10));
    }

    private static int[] CountLabels(Dataset data, int classes)
    {
        int[] counts = new int[classes];
        foreach (float label in data.Targets)
        {
            counts[(int)label]++;
        }

        return counts;
    }
}
