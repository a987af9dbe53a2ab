using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>
/// To how many floats vectors are padded stands once in the generator and once in the runtime, which cannot see each other. A 16 elsewhere, in
/// numbers or in texts, means something else, which the list below says.
/// </summary>
public sealed partial class VectorWidthTests
{
    private static readonly Dictionary<string, string> s_others = new()
    {
        ["src/Generator/Diagnostics/DiagnosticDescriptors.cs"] = "sentences for users, which their tests repeat",
        ["src/Generator/Emission/Kernels/SingleProductKernel.cs"] = "bits of a number",
        ["src/Generator/Emission/Kernels/WindowLoop.cs"] = "taps that are written one by one",
        ["src/Generator/Planning/CellStepPlan.cs"] = "units of a cell that is small, as measured",
        ["src/Generator/Planning/KernelPlanner.cs"] = "vectors of a chunk",
        ["src/Generator/Planning/SimdMachine.cs"] = "what a machine has, whatever the others have",
        ["src/Generator/Planning/TileChooser.cs"] = "rows of a tile",
        ["src/Runtime/Memory/RowCopy.cs"] = "what two vectors of a machine copy",
        ["src/Runtime/Numerics/CounterRandom.cs"] = "bits of a shift",
        ["src/Runtime/Numerics/Prefetch.cs"] = "floats of a cache line",
        ["src/Runtime/Numerics/RoundedKernel.cs"] = "bits of a shift",
        ["src/Runtime/Numerics/SampleLanes.Narrow.cs"] = "places in two vectors of 512 bits",
        ["src/Runtime/Numerics/SampleLanes.Squares.cs"] = "places in two vectors of 512 bits",
        ["src/Runtime/Numerics/SimdWidth.cs"] = "what a machine has, whatever the others have",
    };

    [Fact]
    public void ItStandsInOnePlaceOfEach()
    {
        string[] files =
        [
            .. new[] { "src/Generator", "src/Runtime/Memory", "src/Runtime/Numerics", "src/Runtime/Compiled" }
                .SelectMany(static folder => RepositoryFiles.CSharpUnder(folder)
                    .Where(static file => Widths(file).Any())
                    .Select(file => $"{folder}/{file.Path}")),
        ];

        Assert.Equal(
            s_others.Keys.Concat(["src/Generator/Model/Shape.cs", "src/Runtime/Numerics/Panels.cs"]).Order(StringComparer.Ordinal),
            files.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("int x = 16;")]
    [InlineData("float x = 16f;")]
    [InlineData("nuint x = 0x10;")]
    [InlineData("int Pad(int x) => (x + 15) / 16;")]
    [InlineData("string x = \"i / 16\";")]
    [InlineData("string Of(int x) => $\"{x} * 16\";")]
    public void AWidthIsFound(string member) => Assert.Single(Widths(SourceFile.Parse("X.cs", $"class X {{ {member} }}")));

    [Theory]
    [InlineData("int x = 160; // 16")]
    [InlineData("string x = \"Int16, 0.16f, 1600\";")]
    public void OtherNumbersAreNot(string member) => Assert.Empty(Widths(SourceFile.Parse("X.cs", $"class X {{ {member}\n }}")));

    private static IEnumerable<SyntaxToken> Widths(SourceFile file) => file.Syntax.DescendantTokens().Where(static token => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => Convert.ToDouble(token.Value, null) == 16,
        SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken => Sixteen().IsMatch(token.Text),
        _ => false,
    });

    [GeneratedRegex(@"(?<![\w.])16(?![\w.])")]
    private static partial Regex Sixteen();
}
