using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>A rejected network still has its members: to code that uses all of them, the one error is that of the generator.</summary>
public class RejectedMembersTests
{
    private const string Layers = "[Network(2)] [Dense(1)]";

    private const string OldUsage = """
        class Usage
        {
            static void All(Unroll.Dataset data)
            {
                Net net = new Net();
                net.Compile(new Unroll.Adam(), new Unroll.MeanSquaredError());
                net.Compile(new Unroll.Adam(), new Unroll.MeanSquaredError(), new Unroll.Accuracy());
                Unroll.History history = net.Fit(data, epochs: 3);
                float[] outputs = net.Predict(new float[4 / Net.InputSize]);
                foreach (Unroll.Parameter parameter in net.Parameters) { }
                net.Save("weights");
                Net.Load("weights").Summary();
            }
        }
        """;

    [Theory]
    [InlineData("UNR0004", "partial struct Net;")]
    [InlineData("UNR0004", "public readonly partial struct Net { private readonly int _size; }")]
    [InlineData("UNR0004", "ref partial struct Net;")]
    [InlineData("UNR0004", "partial struct Net(int size) { public int Size => size; }")]
    [InlineData("UNR0004", "partial struct Net { private @nuint _size; } struct @nuint;")]
    [InlineData("UNR0004", "partial record struct Net;")]
    [InlineData("UNR0004", "public readonly partial record struct Net(int Size, string? Title);")]
    [InlineData("UNR0004", "public sealed partial record Net;")]
    [InlineData("UNR0004", "partial record Net(int Size, string? Title);")]
    [InlineData("UNR0004", "partial record Net : Titled; abstract record Titled(string Title);")]
    [InlineData("UNR0004", "partial record Net() : Titled(\"\"); abstract record Titled(string Title);")]
    [InlineData("UNR0008", "partial class Net : System.Exception;")]
    [InlineData("UNR0008", "partial class Net : Titled; abstract class Titled { private protected Titled(string title, in int size) { } private Titled() { } }")]
    [InlineData("UNR0008", "partial class Net : Titled; class Titled { public Titled(ref int size) { } [System.Obsolete] public Titled(int size) { } }")]
    [InlineData("UNR0008", "partial class Net : Titled; abstract class Titled : Model;")]
    [InlineData("UNR0008", "partial class Net : Other; [Network(2)] [Dense(1)] partial class Other;")]
    [InlineData("UNR0008", "partial class Net : Titled; class Titled { public int Parameters; public void Save(string path) { } private int Fit; public int InputSize; }", "CS0029")]
    [InlineData("UNR0009", "abstract partial class Net;", "CS0144")]
    [InlineData("UNR0022", "partial class Net(int size) { public int Size => size; }")]
    [InlineData("UNR0022", "partial class Net(string title, System.ReadOnlySpan<int> sizes, params string[] rest) { public int Size { get; } = title.Length + sizes.Length + rest.Length; }")]
    [InlineData("UNR0022", "partial class Net(int size = 3) { public int Size => size; }")]
    [InlineData("UNR0022", "partial class Net(dynamic size) { public object Size => size; }")]
    [InlineData("UNR0022", "partial class Net();")]
    [InlineData("UNR0001", "sealed class Net;", "CS0260")]
    [InlineData("UNR0021", "partial class Net { public static string Graph => \"\"; }", "CS0029")]
    [InlineData("UNR0032", "partial class Net { public required int Size { get; set; } }", "CS9035")]
    [InlineData("UNR0033", "partial class Net { public Net(string title) { } }")]
    public void OfAClass(string id, string declaration, params string[] compilerErrors) => IsAlone(id, $"{Layers} {declaration}", NetworkUsage.OfCreatable("Net"), compilerErrors);

    [Theory]
    [InlineData("UNR0011", "[Network(2)]")]
    [InlineData("UNR0014", "[Network] [Dense(1)]")]
    [InlineData("UNR0015", "[Network(0)] [Dense(1)]")]
    [InlineData("UNR0016", "[Network(2)] [Dense(0)]")]
    [InlineData("UNR0007", "[Network(2)] [Dropout(1)] [Dense(1)]")]
    [InlineData("UNR0038", "[Network(2, 2)] [Normalization] [Reshape(3)]")]
    [InlineData("UNR0047", "[Network(4)] [Dense(9)] [Budget(MaxParameters = 10)]")]
    public void OfItsLayers(string id, string attributes) => IsAlone(id, $"{attributes} public sealed partial class Net;", NetworkUsage.OfCreatable("Net"));

    /// <summary>Those that follow from its inputs and outputs too.</summary>
    [Theory]
    [InlineData("UNR0016", "[Network] [Input(\"image\", 4)] [Input(\"meta\", 2)] [Dense(0, From = \"image\")] [Concatenate(\"\", \"meta\")] [Dense(1)]", "float[] rows = net.Predict(new float[4], new float[2]); net.Predict(image: rows, meta: rows, output: rows);")]
    [InlineData("UNR0055", "[Network] [Input(\"image\", 4)] [Input(\"class\", 2)] [Dense(3, From = \"image\")] [Output(\"digit\")] [Dense(2, From = \"class\")] [Output(\"even\")] [Add(\"dense1\", \"dense2\")] [Output(\"sum\")]", "(float[] digit, float[] even, float[] sum) = net.Predict(@class: new float[2], image: new float[4]); float[] first = net.Predict(digit, even).even;")]
    [InlineData("UNR0007", "[Network(4)] [Dense(3, Name = \"a\")] [Output(\"b\")] [Dropout(1)] [Dense(1)] [Output(\"c\")]", "net.Predict(new float[4], new float[3], new float[1]);")]
    [InlineData("UNR0016", "[Network(4)] [Embedding(9, 3)] [Flatten] [Dense(0)]", "float[] rows = net.Predict(new[] { 1, 2, 3, 4 }); net.Predict(new int[4], rows);")]
    [InlineData("UNR0016", "[Network(4, 2, Streaming = true)] [Conv1D(3, 2, Padding = Padding.Causal)] [Dense(0)]", "ModelStream stream = net.CreateStream();")]
    [InlineData("UNR0019", "[Network] [Input(\"an image\", 4)] [Dense(1)] [Output(\"b\")] [Dense(1)] [Output(\"c\")]", "float[] room = new float[1]; net.Predict(new float[4], b: room, c: room);")]
    public void OfItsEnds(string id, string attributes, string usage) => IsAlone(
        id, $"{attributes} public sealed partial class Net;", $"static class Usage {{ static void All(Net net) {{ {usage} }} }}");

    [Theory]
    [InlineData("UNR0002", "partial class Net<TIn, TOut> where TIn : struct;", "Net<int, string>")]
    [InlineData("UNR0002", "partial class Net<Load, @class>;", "Net<int, string>", "CS0117")]
    [InlineData("UNR0005", "class Outer { {0} internal partial class Net; }", "Outer.Net", "CS0260")]
    [InlineData("UNR0006", "partial class Outer<T> { {0} internal partial class Net; }", "Outer<int>.Net")]
    [InlineData("UNR0004", "partial class Outer { {0} internal partial struct Net; }", "Outer.Net")]
    [InlineData("UNR0004", "partial record Net<T>(T Value);", "Net<string>")]
    public void OfAnotherName(string id, string declaration, string type, params string[] compilerErrors) => IsAlone(
        id,
        declaration.Contains("{0}", StringComparison.Ordinal) ? declaration.Replace("{0}", Layers, StringComparison.Ordinal) : $"{Layers} {declaration}",
        NetworkUsage.OfCreatable(type),
        compilerErrors);

    /// <summary>What has no instances of its own: <c>new</c> is an error of the language, but <c>Load</c> gives one.</summary>
    [Theory]
    [InlineData("partial interface Net;", "Net")]
    [InlineData("public partial interface Net : System.ICloneable { int Size { get; } }", "Net")]
    [InlineData("partial interface Net<in TIn, out TOut>;", "Net<string, object>")]
    [InlineData("abstract partial record Net;", "Net")]
    public void OfATypeWithoutConstructor(string declaration, string type) => IsAlone("UNR0004", $"{Layers} {declaration}", NetworkUsage.Of(type));

    /// <summary>A static class is asked itself for what its instances would be asked.</summary>
    [Fact]
    public void OfAStaticClass() => IsAlone("UNR0003", $"{Layers} public static partial class Net;", NetworkUsage.OfStatic("Net"));

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp9)]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp7)]
    public void OfAnOldLanguage(LanguageVersion language)
    {
        var options = new CSharpParseOptions(language);
        CSharpCompilation compilation = GeneratorHarness.Compilation(options, $"namespace Shop {{ [Unroll.Network(2)] [Unroll.Dense(1)] partial class Net {{ }} {OldUsage} }}");

        IsAlone("UNR0030", compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable)), options, []);
    }

    /// <summary>No other file can reopen it, so only its own members are there.</summary>
    [Fact]
    public void NothingOfAFileLocalClass() => IsAlone("UNR0010", $"{Layers} file partial class Net;", "");

    private static void IsAlone(string id, string network, string usage, params string[] compilerErrors)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp13);
        IsAlone(id, GeneratorHarness.Compilation(options, $"using Unroll;\n{network}\n{usage}"), options, compilerErrors);
    }

    private static void IsAlone(string id, CSharpCompilation compilation, CSharpParseOptions options, string[] compilerErrors)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(compilation, GeneratorHarness.Driver(options));

        Assert.Equal(id, Assert.Single(outcome.Reported).Id);
        Assert.Equal(
            compilerErrors,
            outcome.FromCompiler.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(static diagnostic => diagnostic.Id).Distinct());
        Assert.DoesNotContain(outcome.FromCompiler, static diagnostic => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);
    }
}
