namespace Unroll.Data.Tests;

/// <summary>Tables from text written in the test; messages call it "t.csv".</summary>
internal static class Tables
{
    public static Table Of(string text, CsvOptions? options = null) => Csv.Load(new StringReader(text), options, "t.csv");

    public static string[][] Columns(Table table) => [.. table.ColumnNames.Select(table.Texts)];
}
