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

        AssertAsFast(4, () => Csv.Load(new StringReader(narrow)), () => Csv.Load(new StringReader(wide)));
    }

    [Fact]
    public void TurnsManyColumnsIntoADatasetAsFast()
    {
        Table narrow = Csv.Load(new StringReader(Text(columns: 10)));
        Table wide = Csv.Load(new StringReader(Text(columns: 30_000)));

        AssertAsFast(
            6, () => narrow.ToDataset(narrow.ColumnsExcept("f0"), "f0"), () => wide.ToDataset(wide.ColumnsExcept("f0"), "f0"));
    }

    // The least times of both in turns: other processes of a test run can only add to them. What takes a time per cell that grows with the columns
    // would take thousands of times as long, in each round.
    private static void AssertAsFast(double times, Action few, Action many)
    {
        TimeSpan ofFew = TimeSpan.MaxValue, ofMany = TimeSpan.MaxValue;
        for (int round = 0; round < 5 || (round < 50 && ofMany >= times * ofFew); round++)
        {
            ofFew = Shorter(ofFew, few);
            ofMany = Shorter(ofMany, many);
        }

        Assert.True(ofMany < times * ofFew, $"10 columns: {ofFew}, 30,000: {ofMany}");
    }

    private static TimeSpan Shorter(TimeSpan least, Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed < least ? watch.Elapsed : least;
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
