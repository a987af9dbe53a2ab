using System.Reflection;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>A verified file whose test has been renamed or deleted is compared with nothing.</summary>
public sealed class DanglingSnapshotTests
{
    [Fact]
    public void EverySnapshotHasItsTest()
    {
        HashSet<string> tests =
        [
            .. from type in typeof(DanglingSnapshotTests).Assembly.GetTypes()
               from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
               select $"{NameWithParent(type)}.{method.Name}",
        ];
        IEnumerable<string> dangling = Directory
            .EnumerateFiles(Path.Combine(RepositoryFiles.Root, "tests", "Generator.Tests"), "*.verified.*", SearchOption.AllDirectories)
            .Select(static path => Path.GetFileName(path))
            .Where(name => !tests.Contains(TestOf(name)));

        Assert.Empty(dangling);
    }

    [Theory]
    [InlineData("DigitsTests.Dense#Shop.Digits.g.verified.cs", "DigitsTests.Dense")]
    [InlineData("DigitsTests.Dense.verified.txt", "DigitsTests.Dense")]
    [InlineData("DigitsTests.Dense_units=3#Shop.Digits.g.verified.cs", "DigitsTests.Dense")]
    [InlineData("DigitsTests.Dense_rate=0.5.verified.txt", "DigitsTests.Dense")]
    [InlineData("Outer.DigitsTests.Dense.verified.txt", "Outer.DigitsTests.Dense")]
    public void ANameTellsItsTest(string file, string test) => Assert.Equal(test, TestOf(file));

    private static string TestOf(string file)
    {
        string name = file[..file.IndexOf(".verified.", StringComparison.Ordinal)].Split('#')[0];
        int arguments = name.IndexOf('=', StringComparison.Ordinal);
        return arguments < 0 ? name : name[..name.LastIndexOf('_', arguments)];
    }

    private static string NameWithParent(Type type) =>
        type.DeclaringType is null ? type.Name : $"{NameWithParent(type.DeclaringType)}.{type.Name}";
}
