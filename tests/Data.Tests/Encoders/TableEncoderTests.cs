using System.Globalization;
using System.Text;

namespace Unroll.Data.Tests;

public class TableEncoderTests
{
    private const string Train = "a,b,kind,y\n1,10,x,cat\n3,?,z,dog\n5,40,x,fox\n";

    private static readonly CsvOptions s_mean = new() { Missing = MissingValues.Mean };

    [Fact]
    public void EncodesAnotherFileLikeTheFirst()
    {
        TableEncoder encoder = Fit(standardize: false);

        Dataset test = encoder.Apply(Tables.Of("y,kind,a,b\nfox,z,2,?\ndog,x,?,7\n"));

        Assert.Equal([2f, 1f], test.Targets.ToArray());
        Assert.Equal([2f, 25f, 0f, 1f, 3f, 7f, 1f, 0f], test.Features.ToArray());
        Assert.Equal(["cat", "dog", "fox"], encoder.Categories("y"));
        Assert.Equal((4, 1), (encoder.FeatureSize, encoder.TargetSize));
    }

    [Fact]
    public void StandardizesByTheFirstFile()
    {
        TableEncoder encoder = Fit(standardize: true);
        float deviation = MathF.Sqrt(8f / 3f);

        float[] features = encoder.Apply(Tables.Of("a,b,kind,y\n4,25,x,cat\n")).Features.ToArray();

        Assert.Equal([1f / deviation, 0f, 1f, 0f], features, (expected, actual) => Math.Abs(expected - actual) < 1e-6f);
        float[] training = encoder.Apply(Table()).Features.ToArray();
        Assert.Equal(0f, training[0] + training[4] + training[8], 1e-6f);
    }

    [Fact]
    public void IsTheSameOverItsOwnTable()
    {
        Dataset direct = Table().ToDataset(["a", "b", "kind"], "y");

        Dataset encoded = Fit(standardize: false).Apply(Tables.Of(Train));

        Assert.Equal(direct.Features.ToArray(), encoded.Features.ToArray());
        Assert.Equal(direct.Targets.ToArray(), encoded.Targets.ToArray());
    }

    [Fact]
    public void ComesBackFromAFile()
    {
        using var directory = new TemporaryDirectory();
        string path = Path.Combine(directory.Path, "encoder.json");
        TableEncoder encoder = Fit(standardize: true);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            encoder.Save(path);
            encoder.Save(path);
            TableEncoder again = TableEncoder.Load(path);

            Assert.Equal(encoder.Apply(Table()).Features.ToArray(), again.Apply(Table()).Features.ToArray());
            Assert.Equal(encoder.Categories("kind"), again.Categories("kind"));
            Assert.Equal([path], Directory.GetFiles(directory.Path));
            using FileStream stream = File.OpenRead(path);
            Assert.Equal(["a", "b", "kind"], TableEncoder.Load(stream).Features);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void WritesThroughALink()
    {
        using var directory = new TemporaryDirectory();
        string target = directory.WriteText("target.json", "old");
        string link = Path.Combine(directory.Path, "link.json");
        File.CreateSymbolicLink(link, target);

        Fit(standardize: false).Save(link);

        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal(["a", "b", "kind"], TableEncoder.Load(target).Features);
        Assert.Throws<UnauthorizedAccessException>(() => Fit(standardize: false).Save(directory.Path));
        string nowhere = Path.Combine(directory.Path, "no", "x.json");
        Assert.Contains(nowhere, Assert.Throws<DirectoryNotFoundException>(() => Fit(standardize: false).Save(nowhere)).Message);
    }

    [Fact]
    public void EncodesWhatHasNoTarget()
    {
        TableEncoder encoder = Fit(standardize: false);

        Dataset data = encoder.ApplyToFeatures(Tables.Of("a,b,kind\n1,2,z\n"));

        Assert.Equal((4, 0), (data.FeatureSize, data.TargetSize));
        Assert.Equal([1f, 2f, 0f, 1f], data.Features.ToArray());
        Assert.Equal([1f, 25f, 0f, 1f], encoder.ApplyToSample("1", "", "z"));
        Assert.Throws<ArgumentException>(() => encoder.ApplyToSample("1"));
        Assert.StartsWith("sample, line 1, column 1 ('a')", Assert.Throws<FormatException>(() => encoder.ApplyToSample("u", "2", "z")).Message);
    }

    [Fact]
    public void ReadsNumbersAsTheOtherFileWritesThem()
    {
        var german = new CsvOptions { Separator = ';', Culture = new CultureInfo("de-DE") };

        Assert.Equal(1.5f, Fit(standardize: false).ApplyToFeatures(Tables.Of("a;b;kind\n1,5;2;x\n", german)).Features[0]);
    }

    [Fact]
    public void RefusesWhatTheTrainingPartDidNotHave()
    {
        TableEncoder encoder = TableEncoder.Fit(Tables.Of("a,y\n1,cat\n2,dog\n").EncodeLabels("y"), ["a"], "y");

        Assert.Contains("'cat', 'dog', but found 'owl'", Error("a,y\n1,owl\n"));
        Assert.Contains("line 2, column 1 ('a'): expected a value", Error("a,y\n?,cat\n"));
        Assert.StartsWith("t.csv has no column 'a'", Assert.Throws<ArgumentException>(() => encoder.Apply(Tables.Of("b,y\n1,cat\n"))).Message);
        Assert.Throws<ArgumentException>(() => encoder.Categories("a"));
        Assert.Throws<ArgumentException>(() => TableEncoder.Fit(Tables.Of(Train), ["a", "a"], "b"));

        string Error(string text) => Assert.Throws<FormatException>(() => encoder.Apply(Tables.Of(text))).Message;
    }

    [Fact]
    public void DropsRowsAsTheTrainingPartDid()
    {
        Table table = Tables.Of("a,y\n1,1\n?,2\n", new CsvOptions { Missing = MissingValues.Drop });
        TableEncoder encoder = TableEncoder.Fit(table, ["a"], "y", standardize: true);

        Assert.Equal([0f, 4f], encoder.Apply(Tables.Of("a,y\n1,1\n?,2\n5,3\n")).Features.ToArray());
    }

    [Theory]
    [InlineData("null"), InlineData(""), InlineData("{"), InlineData("[]"), InlineData("{}")]
    [InlineData("""{"format":"other","version":1,"missing":"Mean","features":[],"targets":[]}""")]
    [InlineData("""{"format":"unroll-table-encoder","version":2,"missing":"Mean","features":[{"name":"a","kind":"number"}],"targets":[]}""")]
    [InlineData("""{"format":"unroll-table-encoder","version":1,"missing":"7","features":[{"name":"a","kind":"number"}],"targets":[]}""")]
    [InlineData("""{"format":"unroll-table-encoder","version":1,"missing":"Mean","features":[],"targets":[]}""")]
    [InlineData("""{"format":"unroll-table-encoder","version":1,"missing":"Mean","features":[null],"targets":[]}""")]
    [InlineData("""{"format":"unroll-table-encoder","version":1,"missing":"Mean","features":[{"name":"a","kind":"word"}],"targets":[]}""")]
    [InlineData("""{"format":"unroll-table-encoder","version":1,"missing":"Mean","features":[{"name":"a","kind":"label"}],"targets":[]}""")]
    [InlineData("""{"format":"unroll-table-encoder","version":1,"missing":"Mean","features":[{"name":"a","kind":"label","categories":["b","b"]}],"targets":[]}""")]
    [InlineData("""{"format":"unroll-table-encoder","version":1,"missing":"Mean","features":[{"name":"a","kind":"number","mean":1}],"targets":[]}""")]
    [InlineData("""{"format":"unroll-table-encoder","version":1,"missing":"Mean","features":[{"name":"a","kind":"number","mean":1,"deviation":0}],"targets":[]}""")]
    [InlineData("""{"format":"unroll-table-encoder","version":1,"missing":"Mean","features":[{"name":"a","kind":"number"},{"name":"a","kind":"number"}],"targets":[]}""")]
    public void RefusesAFileThatIsNone(string json) => Assert.StartsWith(
        "x.json: expected a table encoder",
        Assert.Throws<InvalidDataException>(() => TableEncoder.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)), "x.json")).Message);

    [Fact]
    public void AMessageStaysShortWhateverTheFileHolds()
    {
        string json = $$"""
            {
              "{{new string('k', 100_000)}}": [}
            """;

        string message = Assert.Throws<InvalidDataException>(() => TableEncoder.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)), "x.json")).Message;

        Assert.EndsWith("found other content at line 2. '}' is an invalid start of a value.", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1, 200);
    }

    private static Table Table() => Tables.Of(Train, s_mean).EncodeOneHot("kind").EncodeLabels("y");

    private static TableEncoder Fit(bool standardize) => TableEncoder.Fit(Table(), ["a", "b", "kind"], "y", standardize);
}
