using System.Security.Cryptography;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>The same project gives the same assembly, bit for bit, however often and under whatever culture it is built.</summary>
[Collection(ConsumerCollection.Name)]
public sealed class ReproducibleBuildTests(ConsumerBuild build)
{
    [Fact]
    public void ASecondBuildIsIdentical() => AssertRebuiltTheSame(new Dictionary<string, string>());

    [Theory]
    [InlineData("", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")]
    [InlineData("fr-FR", "LC_ALL", "fr_FR.UTF-8")]
    [InlineData("tr-TR", "LC_ALL", "tr_TR.UTF-8")]
    [InlineData("fi-FI", "LC_ALL", "fi_FI.UTF-8")]
    public void AForeignCultureChangesNeitherTheBuildNorTheProgram(string culture, string variable, string value)
    {
        var environment = new Dictionary<string, string> { [variable] = value };

        // The program tells the culture that compiler and program had, both being told by the same variable.
        string line = build.Run(Consumers.Named("Plain"), environment).RequireSuccess().Lines.First();
        Assert.Equal($"2-1, 33 parameters: accuracy 1, reloaded True, culture '{culture}'", line);

        AssertRebuiltTheSame(environment);
    }

    private void AssertRebuiltTheSame(Dictionary<string, string> environment)
    {
        string assembly = Path.Combine(build.OutputOf(Consumers.Named("Plain")), "Plain.dll");
        byte[] before = SHA256.HashData(File.ReadAllBytes(assembly));
        DateTime built = File.GetLastWriteTimeUtc(assembly);

        // A compiler of its own: the shared one has the culture it was started with.
        build.Workspace.Dotnet(environment, "build", "Plain", "-c", "Release", "-t:Rebuild", "--no-restore", "-p:UseSharedCompilation=false")
            .RequireSuccess();

        Assert.True(File.GetLastWriteTimeUtc(assembly) > built, "The assembly was not built again.");
        Assert.Equal(before, SHA256.HashData(File.ReadAllBytes(assembly)));
    }
}
