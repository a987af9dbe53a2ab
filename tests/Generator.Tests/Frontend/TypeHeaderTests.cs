using Unroll.Generator.Incremental;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Tests.Frontend;

/// <summary>Classes of every place and name are reopened by code that compiles.</summary>
public class TypeHeaderTests
{
    private const string Layers = "[Network(2)] [Dense(1)]";

    [Theory]
    [InlineData("public sealed partial class Net;", "public sealed partial class Net")]
    [InlineData("internal partial class Net { }", "internal partial class Net")]
    [InlineData("partial class Net;", "internal partial class Net")]
    [InlineData("partial class @class;", "internal partial class @class")]
    [InlineData("partial class @record;", "internal partial class @record")]
    [InlineData("partial class Größe;", "internal partial class Größe")]
    public void ReopensAClass(string declaration, string expected)
    {
        TypeHeader header = Header($"namespace Shop.@event {{ {Layers} {declaration} }}");

        Assert.Equal("Shop.@event", header.Namespace);
        Assert.Equal(expected, header.Declaration);
    }

    [Fact]
    public void ReopensAClassOfTheGlobalNamespace()
    {
        TypeHeader header = Header($"{Layers} public partial class Net;");

        Assert.Equal(("", "Net", "Net"), (header.Namespace, header.DisplayName, header.HintName));
    }

    [Fact]
    public void ReopensContainingTypesOfEveryKind()
    {
        TypeHeader header = Header($$"""
            namespace Shop;
            public static partial class A { internal partial struct B { public partial record C { protected partial record struct @struct {
                partial interface E { {{Layers}} private protected sealed partial class Net; } } } } }
            """);

        Assert.Equal(
            [
                "public partial class A",
                "internal partial struct B",
                "public partial record C",
                "protected partial record struct @struct",
                "private partial interface E",
            ],
            header.ContainingTypes);
        Assert.Equal("private protected sealed partial class Net", header.Declaration);
        Assert.Equal("Shop.A.B.C.struct.E.Net", header.DisplayName);
        Assert.Equal("Shop.A.B.C.struct.E.Net", header.HintName);
    }

    [Fact]
    public void ClassesThatDifferByCaseGetFilesThatDifferByMore()
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(
            $"using Unroll; {Layers} partial class Net; {Layers} partial class net; {Layers} partial class Other;");

        string[] hints = [.. outcome.Sources.Select(static source => source.HintName)];
        Assert.Equal(hints.Length, hints.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(3, hints.Count(static hint => hint.EndsWith(".Schedule.g.cs", StringComparison.Ordinal)));
        Assert.Contains("Other.g.cs", hints);
        Assert.Empty(outcome.Reported);
        Assert.DoesNotContain(outcome.FromCompiler, static diagnostic => diagnostic.Id != "CS8981");
    }

    [Theory]
    [InlineData("Cafe\u0301")]
    [InlineData("A\u203FB")]
    [InlineData("\u0915\u093E")]
    public void ANameNoFileMayHaveIsSpelledInNumbers(string name)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run($"using Unroll; {Layers} partial class {name}; {Layers} partial class Other;");

        Assert.Equal(2, outcome.Sources.Count(static source => source.HintName.EndsWith(".Schedule.g.cs", StringComparison.Ordinal)));
        Assert.Empty(outcome.Reported);
        Assert.Empty(outcome.FromCompiler);
    }

    [Fact]
    public void ANamespaceAndATypeOfOneNameGetTwoFiles()
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(
            $"using Unroll; namespace A.B {{ {Layers} partial class Net; }}",
            $"using Unroll; namespace A {{ partial class B {{ {Layers} partial class Net; }} }}");

        Assert.Equal(2, outcome.Sources.Count(static source => source.HintName.EndsWith(".Schedule.g.cs", StringComparison.Ordinal)));
    }

    [Fact]
    public void AClassDeclaredTwiceIsGeneratedOnce()
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(
            $"using Unroll; {Layers} partial class Net; {Layers} class Net;",
            $"using Unroll; {Layers} class Net;");

        Assert.Single(outcome.Sources);
    }

    private static TypeHeader Header(string source)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run("using Unroll;\n" + source);
        Assert.Empty(outcome.Reported);
        Assert.Empty(outcome.FromCompiler.Where(static diagnostic => diagnostic.Id != "CS8981"));
        return Assert.Single(outcome.Step<NetworkModel>(StepNames.Model)).Header;
    }
}
