using Microsoft.CodeAnalysis;

namespace VerifyTests.StandIn.Tests;

/// <summary>The whole way, against the verified files beside this one.</summary>
public sealed class VerifierTests
{
    [Fact]
    public async Task OneFilePerHintName() =>
        await Verifier.Verify(EchoDriver.Run(("Shop.Digits.g.cs", "class Digits;\n"), ("Shop.Other.g.cs", "class Other;\r\n")));

    [Fact]
    public Task DiagnosticsAreAFileOfTheirOwn() =>
        Verifier.Verify(EchoDriver.Run(new EchoGenerator { Files = [("A.g.cs", "class A;")], Messages = ["one", "two"] }));

    [Theory]
    [InlineData(3, "a/b")]
    public Task ArgumentsArePartOfTheName(int units, string name) =>
        Verifier.Verify(EchoDriver.Run(("A.g.cs", $"// {units} {name}\n"))).UseDirectory("Theories");

    [Fact]
    public async Task LinesAreScrubbed()
    {
        GeneratorDriver driver = EchoDriver.Run(("A.g.cs", "// version 1.2.3\n// secret\nclass A;\n"));

        await Verifier.Verify(driver).ScrubLinesWithReplace(
            static line => line.Contains("secret") ? null : line.Replace("1.2.3", "VERSION"));
    }

    [Fact]
    public async Task AnExceptionOfTheGeneratorIsTheTests() =>
        await Assert.ThrowsAsync<InvalidTimeZoneException>(
            () => Verifier.Verify(EchoDriver.Run(new ThrowingGenerator())));

    [Generator]
    private sealed class ThrowingGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) =>
            context.RegisterSourceOutput(context.CompilationProvider, static (_, _) => throw new InvalidTimeZoneException());
    }
}
