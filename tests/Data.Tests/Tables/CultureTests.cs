using System.Globalization;

namespace Unroll.Data.Tests;

public class CultureTests
{
    [Theory]
    [InlineData("de-DE", "1,5", 1.5f), InlineData("de-DE", "1.234,56", 1234.56f), InlineData("de-DE", "-1.234.567", -1234567f)]
    [InlineData("de-DE", "1234,5", 1234.5f), InlineData("de-DE", "1,5e3", 1500f), InlineData("en-US", "1,234", 1234f)]
    [InlineData("en-US", "12,345.5", 12345.5f), InlineData("fr-FR", "1 234,5", 1234.5f), InlineData("fr-FR", "1\u00A0234,5", 1234.5f)]
    [InlineData("fr-FR", "1\u202F234", 1234f), InlineData("de-CH", "1'234.5", 1234.5f), InlineData("de-CH", "1\u2019234.5", 1234.5f)]
    [InlineData("en-IN", "12,34,567.5", 1234567.5f)]
    public void ReadsNumbersOfACulture(string culture, string cell, float expected) => Assert.Equal([expected], Read(culture, cell));

    [Theory]
    [InlineData("de-DE", "1.5"), InlineData("de-DE", "1.23,4"), InlineData("de-DE", "1,2,3"), InlineData("de-DE", "1,234.5")]
    [InlineData("de-DE", ".123"), InlineData("de-DE", "1..234"), InlineData("de-DE", "1234.567"), InlineData("en-US", "1,5")]
    [InlineData("en-US", "1,2345"), InlineData("en-US", "1,234,"), InlineData("fr-FR", "1 23"), InlineData("en-IN", "1,234,567")]
    public void RefusesGroupsThatAreNone(string culture, string cell)
    {
        string message = Assert.Throws<FormatException>(() => Read(culture, cell)).Message;

        Assert.Contains($"expected a finite number as {culture} writes it, but found '{cell}'", message);
    }

    [Theory]
    [InlineData("1,5"), InlineData("1.234,56"), InlineData("1,234")]
    public void NamesTheOptionWhereOneIsMissing(string cell) =>
        Assert.Contains("CsvOptions.Culture", Assert.Throws<FormatException>(() => Read(null, cell)).Message);

    [Theory]
    [InlineData("NA"), InlineData("NaN"), InlineData("null"), InlineData("N/A"), InlineData("-"), InlineData("None"), InlineData("#N/A")]
    public void NamesMissingTextsForWhatMeansNoValue(string cell)
    {
        string message = Assert.Throws<FormatException>(() => Read(null, cell)).Message;

        Assert.Contains("CsvOptions.MissingTexts", message);
        Assert.DoesNotContain("EncodeLabels", message);
    }

    [Fact]
    public void ReadsTheMissingNumberTheSameWay()
    {
        var options = new CsvOptions { Separator = ';', Culture = new CultureInfo("de-DE"), MissingNumber = -1.5f, Missing = MissingValues.Drop };

        Assert.Equal([2.5f], Tables.Of("a;y\n-1,5;1\n2,5;2\n", options).ToDataset(["a"], "y").Features.ToArray());
    }

    private static float[] Read(string? culture, string cell)
    {
        var options = new CsvOptions { Separator = ';', Culture = culture is null ? null : new CultureInfo(culture) };
        return Tables.Of($"a;y\n\"{cell}\";2\n", options).ToDataset(["a"], "y").Features.ToArray();
    }
}
