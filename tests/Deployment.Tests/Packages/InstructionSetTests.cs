using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>The targets of the package tell whoever builds for NativeAOT without choosing vectors.</summary>
[Collection(ConsumerCollection.Name)]
public sealed class InstructionSetTests(ConsumerBuild build)
{
    private const string Id = "UNR1001";

    [Fact]
    public void NoChoiceIsOneWarningThatNamesTheProperty()
    {
        CommandResult check = Check("-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64");

        string warning = Assert.Single(check.Warnings);
        Assert.Contains($"warning {Id}: ", warning, StringComparison.Ordinal);
        Assert.Contains("<UnrollInstructionSet>x86-64-v3</UnrollInstructionSet>", warning, StringComparison.Ordinal);
        Assert.Contains("Plain.csproj", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64", "-p:UnrollInstructionSet=x86-64-v3")]
    [InlineData("-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64", "-p:UnrollInstructionSet=default")]
    [InlineData("-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64", "-p:IlcInstructionSet=native")]
    [InlineData("-p:PublishAot=true", "-p:RuntimeIdentifier=linux-arm64")]
    [InlineData("-p:RuntimeIdentifier=linux-x64")]
    public void AChoiceOrNoNeedOfOneIsQuiet(params string[] properties) => Assert.Empty(Check(properties).Warnings);

    [Fact]
    public void AnAppOverALibraryIsToldToo() =>
        Assert.Contains(Id, Assert.Single(CheckOf("OverLibrary", "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64").Warnings), StringComparison.Ordinal);

    [Theory]
    [InlineData("x86-64-v3", "-p:UnrollInstructionSet=x86-64-v3")]
    [InlineData("x86-64-v3", "-p:UnrollInstructionSet=x86-x64-v3")]
    [InlineData("x86-64-v4", "-p:UnrollInstructionSet=x86-x64-v4")]
    [InlineData("avx2,fma", "-p:UnrollInstructionSet=avx2%2Cfma")]
    [InlineData("", "-p:UnrollInstructionSet=default")]
    [InlineData("native", "-p:UnrollInstructionSet=x86-64-v3", "-p:IlcInstructionSet=native")]
    public void ThePropertyIsTheCompilersOwn(string expected, params string[] properties)
    {
        CommandResult evaluation = build.Workspace.Dotnet(["msbuild", "Plain", "-getProperty:IlcInstructionSet", .. properties]).RequireSuccess();

        Assert.Equal(expected, evaluation.Output.Trim());
    }

    private CommandResult Check(params string[] properties) => CheckOf("Plain", properties);

    // The target alone: a whole build would restore the compiler for each of these.
    private CommandResult CheckOf(string consumer, params string[] properties) =>
        build.Workspace.Dotnet(["msbuild", consumer, "-t:UnrollCheckInstructionSet", "-v:m", .. properties]).RequireSuccess();
}
