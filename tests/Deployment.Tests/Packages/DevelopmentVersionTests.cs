using System.Text.RegularExpressions;
using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>Packages of a commit, made as docs/deployment.md says, are newer to NuGet than those that a plain <c>dotnet pack</c> makes.</summary>
public sealed partial class DevelopmentVersionTests
{
    [Fact]
    public void TheVersionOfACommitIsAboveThatOfAPlainPack()
    {
        string documented = Documented().Match(Read("docs", "deployment.md")).Groups[1].Value;
        string plain = Plain().Match(Read("Directory.Build.props")).Groups[1].Value;

        // A version with a suffix is below the same one without: the numbers themselves must be larger.
        Assert.True(Version.Parse(documented) > Version.Parse(plain), $"{documented}-dev is not above {plain}.");
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path]));

    [GeneratedRegex(@"dotnet pack \S+ -o \S+ -p:VersionPrefix=(\S+) --version-suffix dev\.")]
    private static partial Regex Documented();

    [GeneratedRegex("<VersionPrefix>(.+)</VersionPrefix>")]
    private static partial Regex Plain();
}
