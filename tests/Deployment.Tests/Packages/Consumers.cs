namespace Unroll.Deployment.Tests.Packages;

/// <summary>Consumers of every kind.</summary>
internal static class Consumers
{
    private const string Usual = "<Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>";

    // Everything a compiler or an analyzer can find is a warning, and every warning an error.
    private const string Strict = Usual + """
        <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <MSBuildTreatWarningsAsErrors>true</MSBuildTreatWarningsAsErrors>
            <WarningLevel>9999</WarningLevel>
            <AnalysisLevel>latest-all</AnalysisLevel>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
        """;

    public static readonly IReadOnlyList<Consumer> All =
    [
        new("Plain") { Properties = Usual },
        new("NullableOff") { Properties = "<Nullable>disable</Nullable><ImplicitUsings>enable</ImplicitUsings>" },
        new("CSharp13") { Properties = Usual + "<LangVersion>13</LangVersion>" },
        new("CSharpLatest") { Properties = Usual + "<LangVersion>latest</LangVersion>" },
        new("NoImplicitUsings") { Properties = "<Nullable>enable</Nullable><ImplicitUsings>disable</ImplicitUsings>" },
        new("Strict") { Properties = Strict },
        new("StrictLibrary")
        {
            Properties = Strict,
            IsProgram = false,
            Network = Consumer.NetworkIn("namespace Shop;\n", "Gate", "public sealed"),
        },
        new("GlobalNamespace") { Properties = Usual, Network = Consumer.NetworkIn("", "Gate"), Classes = ["Gate"] },
        new("SameName")
        {
            Properties = Usual,
            Network = "namespace Shop.North\n{\n" + Consumer.NetworkIn("", "Gate") + "}\nnamespace Shop.South\n{\n" + Consumer.NetworkIn("", "Gate") + "}\n",
            Classes = ["Shop.North.Gate", "Shop.South.Gate"],
        },
        new("Keywords")
        {
            Properties = Usual,
            Network = Consumer.NetworkIn("namespace @event.@checked;\n", "@class").Replace("Tanh)", "Tanh, Name = \"ref\")", StringComparison.Ordinal),
            Classes = ["@event.@checked.@class"],
        },
        new("DataAlone") { Properties = Usual, Packages = ["Unroll.Data"] },
        new("Inspecting")
        {
            Properties = Usual
                + "<EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles><CompilerGeneratedFilesOutputPath>Generated</CompilerGeneratedFilesOutputPath>",
        },
        new("OverLibrary")
        {
            Properties = Usual,
            Packages = [],
            Items = """<ProjectReference Include="../StrictLibrary/StrictLibrary.csproj" />""",
            Network = "",
        },
    ];

    public static Consumer Named(string name) => All.Single(consumer => consumer.Name == name);
}
