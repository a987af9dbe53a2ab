using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>What the class itself can get wrong, reported at <c>[Network]</c>.</summary>
public class ClassDiagnosticsTests
{
    [Fact]
    public void NotPartial() => Report.Is(
        "UNR0001",
        "Network Net must be declared partial, but is declared 'public sealed class Net'",
        "[⟦Network(2)⟧] [Dense(1)] public sealed class Net;",
        "CS0260");

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void NoSuchPrecision(int value) => Report.Is(
        "UNR0074",
        $"Network Net: InferenceWeights must be a member of WeightPrecision, but is {value}",
        $"[⟦Network(2, InferenceWeights = (WeightPrecision)({value}))⟧] [Dense(1)] partial class Net;");

    [Fact]
    public void Generic() => Report.IsWithoutUsage(
        "UNR0002",
        "Network Net must have no type parameters, but has <TIn, TOut>",
        """
        [⟦Network(2)⟧] [Dense(1)] partial class Net<TIn, TOut> where TIn : struct;
        class Usage { Net<int, string> _net = Net<int, string>.Load(""); Model _model = new Net<int, string>(1); int _size = Net<int, int>.InputSize; }
        """);

    [Fact]
    public void Static() => Report.IsWithoutUsage(
        "UNR0003",
        "Network Net must be a class that can be instantiated, but is declared 'static partial class Net'",
        "[⟦Network(2)⟧] [Dense(1)] static partial class Net; class Usage { int _size = Net.InputSize; }");

    [Theory]
    [InlineData("struct", "a struct")]
    [InlineData("record struct", "a record struct")]
    [InlineData("interface", "an interface")]
    public void NotAClass(string keyword, string shown) => Report.IsWithoutUsage(
        "UNR0004",
        $"Network Net must be a class, but is {shown}",
        $"[⟦Network(2)⟧] [Dense(1)] partial {keyword} Net;");

    [Fact]
    public void Record() => Report.IsWithoutUsage(
        "UNR0004", "Network Net must be a class, but is a record", "[⟦Network(2)⟧] [Dense(1)] partial record Net;");

    [Theory]
    [InlineData("file partial record Bad;")]
    [InlineData("file partial struct Bad;")]
    [InlineData("file partial record struct Bad;")]
    [InlineData("file partial interface Bad;")]
    [InlineData("file class Outer { [Network(2)] [Dense(1)] partial record Bad; }", "")]
    [InlineData("file partial class Outer { [Network(2)] [Dense(1)] partial interface Bad; }", "")]
    public void ATypeLocalToAFileCostsNoOtherNetworkItsCode(string declaration, string attributes = "[Network(2)] [Dense(1)]")
    {
        GeneratorOutcome outcome = GeneratorHarness.Run($"using Unroll; [Network(2)] [Dense(1)] partial class Good; {attributes} {declaration}");

        Assert.Equal("UNR0004", Assert.Single(outcome.Reported).Id);
        Assert.Contains(outcome.Sources, static source => source.HintName == "Good.Schedule.g.cs");
        Assert.DoesNotContain(outcome.Sources, static source => source.HintName.Contains("Bad", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("object")]
    [InlineData("Object")]
    [InlineData("System.Object")]
    [InlineData("global::System.Object, System.IDisposable")]
    public void OwnBaseClassObject(string bases) => Report.IsWithoutUsage(
        "UNR0008",
        "Network Net derives from Unroll.Model and can have no other base class, but has object",
        $"using System; partial class Net : {bases} {{ public void Dispose() {{ }} }} [⟦Network(2)⟧] [Dense(1)] partial class Net;");

    [Fact]
    public void AnInterfaceCalledObjectIsNoBaseClass() => Assert.Empty(GeneratorHarness.Run(
        "using Unroll; namespace Shop; interface Object; [Network(2)] [Dense(1)] partial class Net : Object;").Reported);

    [Fact]
    public void NestedInNonPartial() => Report.IsWithoutUsage(
        "UNR0005",
        "Every type around network Outer.Net must be partial, but Outer is declared 'public static class Outer'",
        "public static class Outer { [⟦Network(2)⟧] [Dense(1)] internal partial class Net; }",
        "CS0260");

    [Fact]
    public void NestedInGeneric() => Report.IsWithoutUsage(
        "UNR0006",
        "No type around network Outer.Net may have type parameters, but there is Outer<T>",
        "partial class Outer<T> { [⟦Network(2)⟧] [Dense(1)] internal partial class Net; }");

    [Fact]
    public void OwnBaseClass() => Report.IsWithoutUsage(
        "UNR0008",
        "Network Net derives from Unroll.Model and can have no other base class, but has System.Attribute",
        "[⟦Network(2)⟧] [Dense(1)] partial class Net : System.Attribute; class Usage { Net _net = new Net(1); int _size = Net.InputSize; }");

    [Fact]
    public void DerivedFromANetwork() => Report.IsWithoutUsage(
        "UNR0008",
        "Network Net derives from Unroll.Model and can have no other base class, but has Other",
        "[Network(2)] [Dense(1)] partial class Other; [⟦Network(2)⟧] [Dense(1)] partial class Net : Other;");

    [Fact]
    public void Abstract() => Report.IsWithoutUsage(
        "UNR0009",
        "Network Net must be a class that can be instantiated, but is declared 'abstract partial class Net'",
        "[⟦Network(2)⟧] [Dense(1)] abstract partial class Net; class Usage { Net _net = Net.Load(\"\"); int _size = Net.InputSize; }");

    [Fact]
    public void FileLocal() => Report.IsWithoutUsage(
        "UNR0010",
        "Network Net must be visible outside its file, but Net is declared 'file partial class Net'",
        "[⟦Network(2)⟧] [Dense(1)] file partial class Net;");

    [Fact]
    public void NestedInFileLocal() => Report.IsWithoutUsage(
        "UNR0010",
        "Network Outer.Net must be visible outside its file, but Outer is declared 'file partial class Outer'",
        "file partial class Outer { [⟦Network(2)⟧] [Dense(1)] internal partial class Net; }");

    [Theory]
    [InlineData("InputSize", "Net.InputSize", "public const int ⟦InputSize⟧ = 3;")]
    [InlineData("OutputSize", "Net.OutputSize()", "public static int ⟦OutputSize⟧() => 3;")]
    [InlineData("ParameterCount", "Net.ParameterCount", "public class ⟦ParameterCount⟧;")]
    [InlineData("constructor (int? seed)", "Net.Net(int?)", "public ⟦Net⟧(int? origin) { }")]
    [InlineData("Load(string)", "Net.Load(string)", "public static Net ⟦Load⟧(string file) => new();")]
    [InlineData("Load(string)", "Net.Load", "public int ⟦Load⟧ { get; set; }")]
    [InlineData("Graph", "Net.Graph", "public int ⟦Graph⟧ => 3;")]
    [InlineData("__network", "Net.__network", "private static int ⟦__network⟧ = 3;")]
    public void MemberTaken(string generated, string declared, string member) => Report.IsWithoutUsage(
        "UNR0021",
        $"Network Net gets {generated} from the generator and must not declare it, but declares '{declared}'",
        $"[Network(2)] [Dense(1)] partial class Net {{ {member} }}");

    [Theory]
    [InlineData("[Network(4, 2, Streaming = true)] [GRU(3)]", "CreateStream()", "Net.CreateStream()", "public int ⟦CreateStream⟧() => 1;")]
    [InlineData("[Network(4)] [Embedding(5, 3)] [Flatten] [Dense(2)]", "Predict with ids", "Net.Predict(ReadOnlySpan<int>)", "public int ⟦Predict⟧(System.ReadOnlySpan<int> ids) => 1;")]
    [InlineData("[Network] [Input(\"a\", 3)] [Input(\"b\", 3)] [Add(\"a\", \"b\")]", "Predict with its inputs", "Net.Predict(ReadOnlySpan<float>, ReadOnlySpan<float>)", "public int ⟦Predict⟧(System.ReadOnlySpan<float> x, System.ReadOnlySpan<float> y) => 1;")]
    [InlineData("[Network(2)] [Dense(1)] [Output(\"a\")] [Dense(1)] [Output(\"b\")]", "Predict with its inputs and outputs", "Net.Predict(ReadOnlySpan<float>, Span<float>, Span<float>)", "public void ⟦Predict⟧(System.ReadOnlySpan<float> x, System.Span<float> a, System.Span<float> b) { }")]
    public void MembersOfSomeNetworksTaken(string network, string generated, string declared, string member) => Report.IsWithoutUsage(
        "UNR0021",
        $"Network Net gets {generated} from the generator and must not declare it, but declares '{declared}'",
        $"{network} partial class Net {{ {member} }}");

    [Fact]
    public void PredictWithOtherParametersIsTheUsers() => Assert.Empty(GeneratorHarness.Run(GeneratorHarness.InShop(
        "[Network] [Input(\"a\", 3)] [Input(\"b\", 3)] [Add(\"a\", \"b\")] partial class Net { public int Predict(int x) => x; public int CreateStream() => 1; }")).Reported);

    [Fact]
    public void MemberTakenByTheClassName() => Report.IsWithoutUsage(
        "UNR0021",
        "Network Load gets Load(string) from the generator and must not declare it, but declares 'class Load'",
        "[⟦Network(2)⟧] [Dense(1)] partial class Load;");

    [Fact]
    public void PrimaryConstructor() => Report.IsWithoutUsage(
        "UNR0022",
        "Network Net must have no primary constructor, but has (int size)",
        "[⟦Network(2)⟧] [Dense(1)] partial class Net(int size) { public int Size => size; }");

    [Fact]
    public void RequiredMember() => Report.IsWithoutUsage(
        "UNR0032",
        "Network Net is created by the generated Load without further values and must have no required member, but has Title",
        "[Network(2)] [Dense(1)] partial class Net { public required string ⟦Title⟧ { get; set; } }");

    [Theory]
    [InlineData("public ⟦Net⟧(string name) { }", "Net.Net(string)")]
    [InlineData("public ⟦Net⟧(string name) : base() { }", "Net.Net(string)")]
    [InlineData("private ⟦Net⟧() { }", "Net.Net()")]
    public void ConstructorWithoutThis(string constructor, string display) => Report.IsWithoutUsage(
        "UNR0033",
        $"Network Net: a constructor must begin with this(), this(seed) or another of its constructors that does, but {display} does not",
        $"[Network(2)] [Dense(1)] partial class Net {{ {constructor} static Net() {{ }} }}");

    [Fact]
    public void LanguageTooOld() => Report.IsUnder(
        LanguageVersion.CSharp9,
        "UNR0030",
        "Network Net needs C# 13.0 or later, but is compiled as C# 9.0",
        "[⟦Network(2)⟧] [Dense(1)] partial class Net { }");

    [Fact]
    public void OverloadsAndOtherMembersAreTheUsers()
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop("""
            [Network(2)] [Dense(1)]
            partial class Net
            {
                public Net(string name) : this() { Name = name; }
                public string Name { get; } = "";
                public string Uninitialised { get; set; }
                public static Net Load(string path, int seed) => Load(path);
                public static Net Load(ref string path) => Load(path);
                public static Net Load<T>(string path) => Load(path);
                public void Prepare(float parameters, float temporaries) { }
            }
            """));

        Assert.Empty(outcome.Reported);
        Assert.Empty(outcome.FromCompiler);
    }
}
