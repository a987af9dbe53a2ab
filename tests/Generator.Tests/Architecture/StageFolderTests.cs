namespace Unroll.Generator.Tests.Architecture;

/// <summary>Data flows one way through the stages of the generator.</summary>
public sealed class StageFolderTests
{
    private static readonly SourceFile[] s_surroundings =
    [
        SourceFile.Parse("NetworkCompiler.cs", "namespace Unroll.Generator; class NetworkCompiler;"),
        SourceFile.Parse("Model/NetworkModel.cs", "namespace Unroll.Generator.Model; class NetworkModel;"),
        SourceFile.Parse("Graph/OpGraph.cs", "namespace Unroll.Generator.Graph; class OpGraph;"),
        SourceFile.Parse("Graph/Passes/PassList.cs", "namespace Unroll.Generator.Graph.Passes; class PassList;"),
        SourceFile.Parse("Planning/BufferPlan.cs", "namespace Unroll.Generator.Planning; class BufferPlan;"),
        SourceFile.Parse("Diagnostics/Problem.cs", "namespace Unroll.Generator.Diagnostics; class Problem;"),
    ];

    [Fact]
    public void NoArrowPointsTheWrongWay()
    {
        IReadOnlyList<SourceFile> files = RepositoryFiles.CSharpUnder("src/Generator");

        Assert.Contains(files, static file => file.Stage == "Model");
        Assert.Contains(files, static file => file.Path == "NetworkCompiler.cs");
        IReadOnlyList<string> violations = StageCheck.Violations(files);
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    [Fact]
    public void TheOrderIsWhatContributorsAreTold() => Assert.Contains(
        $"```text\n{string.Join(" → ", StageOrder.Flow)}\n```", File.ReadAllText(Path.Combine(RepositoryFiles.Root, "CONTRIBUTING.md")), StringComparison.Ordinal);

    [Theory]
    [InlineData("Graph", "using Unroll.Generator.Planning;", "must not use Planning")]
    [InlineData("Graph", "using static Unroll.Generator.Planning.BufferPlan;", "must not use Planning")]
    [InlineData("Graph", "using Plan = Unroll.Generator.Planning.BufferPlan;", "must not use Planning")]
    [InlineData("Graph", "using global::Unroll.Generator.Planning;", "must not use Planning")]
    [InlineData("Graph", "class X { Unroll.Generator.Planning.BufferPlan P; }", "must not use Planning")]
    [InlineData("Graph", "class X { global::Unroll.Generator.Planning.BufferPlan P; }", "must not use Planning")]
    [InlineData("Graph", "class X { Planning.BufferPlan P; }", "must not use Planning")]
    [InlineData("Graph", "class X { object P = Planning.BufferPlan.Empty; }", "must not use Planning")]
    [InlineData("Graph", "class X { object P = Generator.Planning.BufferPlan.Empty; }", "must not use Planning")]
    [InlineData("Graph", "using Unroll.Generator.Layers;", "must not use Layers")]
    [InlineData("Model", "class X { Graph.Passes.PassList P; }", "must not use Graph")]
    [InlineData("Model", "using Unroll.Generator.Diagnostics;", "must not use Diagnostics")]
    [InlineData("Shapes", "using Unroll.Generator.Checks;", "must not use Checks")]
    [InlineData("Model", "using Unroll.Generator.Frontend;", "must not use Frontend")]
    [InlineData("Diagnostics", "using Unroll.Generator.Shapes;", "must not use Shapes")]
    [InlineData("Planning", "class X { object P = typeof(NetworkCompiler); }", "must not use the driver's types")]
    [InlineData("Incremental", "class X { object P = typeof(NetworkCompiler); }", "must not use the driver's types")]
    [InlineData("Emission", "using Unroll.Generator.Incremental;", "must not use Incremental")]
    [InlineData("Incremental", "using Microsoft.CodeAnalysis;", "must not see Microsoft.CodeAnalysis")]
    [InlineData("Planning", "using Microsoft.CodeAnalysis;", "must not see Microsoft.CodeAnalysis")]
    [InlineData("Planning", "using Microsoft.CodeAnalysis.CSharp;", "must not see Microsoft.CodeAnalysis")]
    [InlineData("Planning", "class X { Microsoft.CodeAnalysis.ISymbol P; }", "must not see Microsoft.CodeAnalysis")]
    [InlineData("Frontend", "global using Unroll.Generator.Model;", "must not use globally")]
    [InlineData("Extras", "class X;", "not a stage")]
    public void AWrongArrowIsFound(string stage, string code, string problem)
    {
        string violation = Assert.Single(Violations(stage, code));

        Assert.Contains(problem, violation, StringComparison.Ordinal);
        Assert.StartsWith($"{stage}/Probe.cs", violation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Planning", "using Unroll.Generator.Graph;")]
    [InlineData("Emission", "using Unroll.Generator.Graph.Passes;")]
    [InlineData("Graph", "using Unroll.Generator.Graph.Passes;")]
    [InlineData("Shapes", "using Unroll.Generator.Model;")]
    [InlineData("Checks", "using Unroll.Generator.Shapes;")]
    [InlineData("Shapes", "using Unroll.Generator.Diagnostics;")]
    [InlineData("Diagnostics", "using Unroll.Generator.Model;")]
    [InlineData("Frontend", "using Microsoft.CodeAnalysis;")]
    [InlineData("Shapes", "class X { int Graph; int Y => Graph.Count; object Z => Planning(1).BufferPlan; }")]
    [InlineData("Shapes", "using System.Text; /* Planning.BufferPlan */ class X { string Y => \"Planning.BufferPlan\"; }")]
    public void ARightArrowIsNot(string stage, string code) => Assert.Empty(Violations(stage, code));

    [Fact]
    public void ANamespaceFollowsItsFolder()
    {
        SourceFile stray = SourceFile.Parse("Graph/Passes/Stray.cs", "namespace Unroll.Generator.Planning;");

        string violation = Assert.Single(StageCheck.Violations([stray]));
        Assert.EndsWith("must declare the namespace Unroll.Generator.Graph.Passes", violation, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Violations(string stage, string code)
    {
        int declarations = code.IndexOf("class ", StringComparison.Ordinal);
        string text = declarations < 0
            ? $"{code} namespace Unroll.Generator.{stage};"
            : $"{code[..declarations]} namespace Unroll.Generator.{stage}; {code[declarations..]}";
        return StageCheck.Violations([.. s_surroundings, SourceFile.Parse($"{stage}/Probe.cs", text)]);
    }
}
