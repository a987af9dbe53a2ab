using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Unroll.Data.Tests;

/// <summary>Half a million cells take about as long in many columns as in few.</summary>
public class WideTableTests
{
    [Fact]
    public void LoadsManyColumnsAsFast()
    {
        string narrow = Text(columns: 10);
        string wide = Text(columns: 30_000);

        TimeSpan few = Fastest(() => Csv.Load(new StringReader(narrow)));
        TimeSpan many = Fastest(() => Csv.Load(new StringReader(wide)));

        Assert.True(many < 4 * few, $"10 columns: {few}, 30,000: {many}");
    }

    [Fact]
    public void TurnsManyColumnsIntoADatasetAsFast()
    {
        Table narrow = Csv.Load(new StringReader(Text(columns: 10)));
        Table wide = Csv.Load(new StringReader(Text(columns: 30_000)));

        TimeSpan few = Fastest(() => narrow.ToDataset(narrow.ColumnsExcept("f0"), "f0"));
        TimeSpan many = Fastest(() => wide.ToDataset(wide.ColumnsExcept("f0"), "f0"));

        Assert.True(many < 6 * few, $"10 columns: {few}, 30,000: {many}");
    }

    private static TimeSpan Fastest(Action action)
    {
        TimeSpan fastest = TimeSpan.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            var watch = Stopwatch.StartNew();
            action();
            fastest = watch.Elapsed < fastest ? watch.Elapsed : fastest;
        }

        return fastest;
    }

    private static string Text(int columns)
    {
        var random = new Random(2);
        var text = new StringBuilder();
        text.AppendJoin(',', Enumerable.Range(0, columns).Select(column => "f" + column)).Append('\n');
        for (int row = 0; row < 500_000 / columns; row++)
        {
            text.AppendJoin(',', Enumerable.Range(0, columns).Select(_ => random.NextSingle().ToString(CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }
}
