using System.Text.RegularExpressions;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>What is nowhere listed is neither built nor tested.</summary>
public sealed partial class SolutionTests
{
    private static readonly string[] s_folders = ["src", "samples", "tests", "benchmarks"];

    // What one needs only who measures against it has, and what the other needs only who packs.
    private static readonly string[] s_alone = ["benchmarks/peers/libtorch/LibTorch.csproj", "src/Ahead/Ahead.csproj"];

    [Fact]
    public void EveryProjectIsInTheSolution()
    {
        string solution = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "Compiler.sln")).Replace('\\', '/');
        string[] missing = [.. Projects(s_folders).Except(s_alone).Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal))];
        Assert.Empty(missing);
    }

    /// <summary><c>dotnet test</c> fails where all tests of a suite wait for the switch.</summary>
    [Fact]
    public void EverySuiteHasTestsThatNeedNoSwitch() => Assert.All(
        Projects("tests").Where(static project => project.EndsWith(".Tests.csproj", StringComparison.Ordinal)),
        static project => Assert.Contains(
            Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, Path.GetDirectoryName(project)!), "*Tests.cs", SearchOption.AllDirectories)
                .Select(File.ReadAllText),
            static text => text.Contains("[Fact]", StringComparison.Ordinal) && !text.Contains("SlowTests.Require", StringComparison.Ordinal)));

    /// <summary>The analyzer that compares a library with these files takes part where they are.</summary>
    [Fact]
    public void EveryPackedLibraryListsItsPublicMembers()
    {
        string[] libraries = [.. Projects("src").Where(static project => IsPackedLibrary(File.ReadAllText(Path.Combine(RepositoryFiles.Root, project))))];

        Assert.Equal(7, libraries.Length);
        Assert.All(libraries, static project =>
        {
            string folder = Path.Combine(RepositoryFiles.Root, Path.GetDirectoryName(project)!);
            Assert.True(File.Exists(Path.Combine(folder, "PublicAPI.Shipped.txt")), $"{project} has no PublicAPI.Shipped.txt.");
            Assert.True(File.ReadAllLines(Path.Combine(folder, "PublicAPI.Unshipped.txt")).Length > 1, $"{project} lists no member.");
        });
    }

    private static IEnumerable<string> Projects(params string[] folders) => folders
        .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, folder), "*.csproj", SearchOption.AllDirectories))
        .Select(static path => Path.GetRelativePath(RepositoryFiles.Root, path).Replace('\\', '/'))
        .Where(static path => !path.Split('/').Any(static part => part is "bin" or "obj"));

    private static bool IsPackedLibrary(string project) => project.Contains("Package.props", StringComparison.Ordinal) && !OtherOutput().IsMatch(project);

    [GeneratedRegex("<PackAsTool>true|<IncludeBuildOutput>false|<IsPackable>false")]
    private static partial Regex OtherOutput();
}
