using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>The examples of the help pages do what the pages say.</summary>
public class HelpPageTests
{
    // UNR0012 comes from an analyzer; UNR0024 and UNR9999 need another version or a defect.
    public static TheoryData<string> Ids => [.. DescriptorTableTests.AllIds.Where(static id => id is not ("UNR0012" or "UNR0024" or "UNR9999"))];

    [Theory]
    [MemberData(nameof(Ids))]
    public void TheExampleReportsTheDiagnosticAndTheMendedOneNothing(string id)
    {
        string[] parts = File.ReadAllText(DescriptorTableTests.PageOf(id)).Split("```csharp\n");
        LanguageVersion exampleVersion = id == "UNR0030" ? LanguageVersion.CSharp9 : LanguageVersion.CSharp13;

        Assert.Equal([id], Run(parts[1], exampleVersion).Reported.Select(static diagnostic => diagnostic.Id));

        GeneratorOutcome mended = Run(parts[2], LanguageVersion.CSharp13);
        Assert.Empty(mended.Reported);
        Assert.Empty(mended.FromCompiler);
    }

    private static GeneratorOutcome Run(string block, LanguageVersion version)
    {
        var options = new CSharpParseOptions(version);
        string source = "using Unroll;\n" + block.Split("```")[0];
        return GeneratorHarness.Run(GeneratorHarness.Compilation(options, source), GeneratorHarness.Driver(options));
    }
}
