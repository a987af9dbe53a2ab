using System.Text.RegularExpressions;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>docs/keras.md lists the whole catalogue, each item with tests that are of it.</summary>
public sealed partial class KerasTableTests
{
    private const string Page = "docs/keras.md";

    private static readonly Dictionary<string, List<Row>> s_tables = Read();

    private static readonly Dictionary<string, string> s_sources = Directory
        .EnumerateFiles(Path.Combine(RepositoryFiles.Root, "tests"), "*.cs", SearchOption.AllDirectories)
        .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .GroupBy(static file => Path.GetFileName(file).Split('.')[0])
        .ToDictionary(static files => files.Key, static files => string.Concat(files.Select(File.ReadAllText)));

    private static readonly Dictionary<string, string> s_goldens = Directory
        .EnumerateFiles(Path.Combine(RepositoryFiles.Root, "tests", "golden"), "*.json")
        .ToDictionary(static file => Path.GetFileName(file), File.ReadAllText);

    private static readonly Dictionary<string, HashSet<string>> s_read = [];

    [Fact]
    public void EveryLayerIsListed() => AssertListed("Layers", Derived(typeof(LayerAttribute))
        .Select(static name => name.Split('`')[0])
        .Select(static name => name[..^"Attribute".Length]));

    [Fact]
    public void EveryActivationIsListed() => AssertListed("Activations", Enum.GetNames<Unroll.Activation>());

    [Fact]
    public void EveryLossIsListed() => AssertListed("Losses", Derived(typeof(Loss)));

    [Fact]
    public void EveryOptimizerAndItsSettingsAreListed() => AssertListed("Optimizers", Derived(typeof(Optimizer)).Concat(
        typeof(Optimizer).GetProperties().Where(static property => property.CanWrite).Select(static property => property.Name)));

    [Fact]
    public void EveryScheduleIsListed() => AssertListed("Schedules", Derived(typeof(LearningRateSchedule)));

    [Fact]
    public void EveryInitializerIsListed() => AssertListed("Initializers", Enum.GetNames<Unroll.Initializer>());

    [Fact]
    public void EveryConstraintIsListed() => AssertListed("Constraints", Enum.GetNames<Unroll.Constraint>().Where(static name => name != "None"));

    [Fact]
    public void EveryMetricIsListed() => AssertListed("Metrics", Derived(typeof(Metric)));

    [Fact]
    public void EveryCallbackIsListed() => AssertListed("Callbacks", Derived(typeof(Callback)));

    [Fact]
    public void EveryArgumentOfFitIsListed() => AssertListed("Arguments of Fit", typeof(Unroll.Model).GetMethods()
        .Where(static method => method.Name == "Fit")
        .SelectMany(static method => method.GetParameters())
        .Select(static parameter => parameter.Name!)
        .Distinct());

    [Fact]
    public void EveryItemHasAKerasName() => Assert.All(s_tables.Values.SelectMany(static rows => rows), static row => Assert.NotEqual("", row.Keras));

    /// <summary>Its tests exist, and one of them names the item, or what it reads does: networks and references of a file of their own, golden numbers.</summary>
    [Fact]
    public void EveryItemIsTestedWhereTheTableSays() => Assert.All(s_tables.Values.SelectMany(static rows => rows), static row =>
    {
        Assert.NotEmpty(row.Tests);
        Assert.All(row.Tests, test => Assert.True(s_sources.ContainsKey(test), $"{row.Item}: there is no {test}."));
        Assert.True(row.Tests.Any(test => Names(ReadBy(test), row.Item)), $"{row.Item}: neither {string.Join(" nor ", row.Tests)} has anything of that name.");
    });

    [Theory]
    [InlineData("Add", "[Add(\"left\", \"right\")]")]
    [InlineData("Dense", "new DenseSketch(3)")]
    [InlineData("SpatialDropout1D", "new SpatialDropoutSketch(1, 0.5f)")]
    [InlineData("Relu", "Activation.Relu")]
    [InlineData("shuffle", "new FitOptions { Shuffle = false }")]
    public void AnItemIsFound(string item, string code) => Assert.True(Names([.. NamesIn(code)], item));

    [Theory]
    [InlineData("Add", "names.Add(name);")]
    [InlineData("Add", "[AddAll] Added = \"address\"; // Add")]
    [InlineData("Dot", "new DotNetHost();")]
    [InlineData("shuffle", "bool isShuffled;")]
    public void AnotherNameIsNone(string item, string code) => Assert.False(Names([.. NamesIn(code)], item));

    [Fact]
    public void AGoldenNameIsFoundInSnakeCase() => Assert.True(Names([Golden("hard_sigmoid")], "HardSigmoid"));

    // Networks of signals and images may say how many axes they have elsewhere: SpatialDropout of SpatialDropout1D. A sketch stands for its
    // layer, an option of Fit for the argument, and Keras and its files have names in snake case.
    private static bool Names(HashSet<string> names, string item)
    {
        string stem = Axes().Replace(item, "");
        string[] spellings = [item, stem, $"{item}Sketch", $"{stem}Sketch", $"{char.ToUpperInvariant(item[0])}{item[1..]}", Golden(item), Golden(stem)];
        return spellings.Any(names.Contains);
    }

    private static HashSet<string> ReadBy(string test)
    {
        if (!s_read.TryGetValue(test, out HashSet<string>? names))
        {
            string own = s_sources[test];
            IEnumerable<string> used = Words().Matches(own).Select(static match => match.Value).Distinct().Where(static name => !name.EndsWith("Tests", StringComparison.Ordinal));
            string code = own + string.Concat(used.Select(static name => s_sources.GetValueOrDefault(name)));
            IEnumerable<string> numbers = s_goldens.Where(golden => code.Contains($"\"{golden.Key}\"", StringComparison.Ordinal)).Select(static golden => golden.Value);
            names = [.. NamesIn(code), .. numbers.SelectMany(static golden => Words().Matches(golden)).Select(static match => Golden(match.Value))];
            s_read.Add(test, names);
        }

        return names;
    }

    // What is said of code is no test, and a method of a list that is called Add none of the layer.
    private static IEnumerable<string> NamesIn(string code) => Words().Matches(Comments().Replace(code, "")).Select(static match => match.Value);

    // How names in golden files are kept apart from those in code.
    private static string Golden(string name) => $"golden {name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant()}";

    [GeneratedRegex("[12]D$")]
    private static partial Regex Axes();

    [GeneratedRegex(@"(?<!\w)(?<!\.(?=\w+\())\w+")]
    private static partial Regex Words();

    [GeneratedRegex("//.*")]
    private static partial Regex Comments();

    private static void AssertListed(string section, IEnumerable<string> expected) => Assert.Equal(
        expected.Order(StringComparer.Ordinal), s_tables[section].Select(static row => row.Item).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Derived(Type type) => type.Assembly.GetExportedTypes()
        .Where(each => each.IsSubclassOf(type) && !each.IsAbstract)
        .Select(static each => each.Name);

    private static Dictionary<string, List<Row>> Read()
    {
        var tables = new Dictionary<string, List<Row>>();
        string section = "";
        foreach (string line in File.ReadLines(Path.Combine(RepositoryFiles.Root, Page)))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..];
            }
            else if (line.StartsWith("| `", StringComparison.Ordinal))
            {
                string[] cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
                if (!tables.TryGetValue(section, out List<Row>? rows))
                {
                    tables.Add(section, rows = []);
                }

                rows.Add(new Row(cells[0].Trim('`'), cells[1], [.. Regex.Matches(cells[2], "`(.+?)`").Select(static match => match.Groups[1].Value)]));
            }
        }

        return tables;
    }

    private sealed record Row(string Item, string Keras, string[] Tests);
}
