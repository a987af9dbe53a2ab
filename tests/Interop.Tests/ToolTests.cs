using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Interop.Tests;

/// <summary>The commands that look at files: what they print and return.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tool");
    private readonly GoldenFile _golden = new("mlp.keras");

    [Fact]
    public void InspectTellsWhatAModelNeeds()
    {
        (int code, string text, string errors) = ToolRun.Of("inspect", _golden.Path);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains(" Total params: 43 ", text, StringComparison.Ordinal);
        Assert.Contains(" Multiply-adds of a prediction: 35", text, StringComparison.Ordinal);
        Assert.Matches(" Memory: [0-9,]+ bytes for the parameters, [0-9,]+ for a prediction", text);
    }

    [Fact]
    public void InspectListsTheVariablesOfWeightsOfKeras()
    {
        (int code, string text, _) = ToolRun.Of("inspect", GoldenFile.PathOf("mlp.weights.h5"));

        Assert.Equal(0, code);
        Assert.Contains("/layers/dense/vars/0  [4, 5]", text, StringComparison.Ordinal);
        Assert.Contains("/layers/dense_1/vars/1  [3]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void InspectListsTheNetworksOfAnAssembly()
    {
        // None of this is run: that it compiles without the generator shows that the metadata alone is read.
        const string Source = """
            using Unroll;
            namespace Shop
            {
                [Block] [Dense(4, Activation.Relu)] public sealed class Tower { }

                public static class Models
                {
                    [Network(6, 8, Streaming = true)]
                    [Conv1D(3, 2, Padding = Padding.Causal, Dilation = new[] { 2 })] [Use<Tower>(Name = "t")] [Dropout(0.25f)] [Add("t", "")]
                    [System.Obsolete]
                    public sealed class Digit
                    {
                        public const int InputSize = 48;
                        public const int ParameterCount = 1234;
                    }
                }
            }
            """;
        string path = Path.Combine(_folder.FullName, "shop.dll");
        CSharpCompilation compilation = CSharpCompilation.Create(
            "shop",
            [CSharpSyntaxTree.ParseText(Source)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(static file => Path.GetFileName(file) is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "Unroll.dll")
                .Select(static file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.Emit(path).Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        (int code, string text, string errors) = ToolRun.Of("inspect", path);

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            """
            Shop.Models.Digit: 48 values in, ? out, 1,234 parameters
              [Network(6, 8, Streaming = true)]
              [Conv1D(3, 2, Activation.Linear, Padding = Padding.Causal, Dilation = [2])]
              [Use<Tower>(Name = "t")]
              [Dropout(0.25f)]
              [Add("t", "")]
            1 networks

            """,
            text,
            ignoreLineEndingDifferences: true);
        File.WriteAllText(path, "no assembly");
        Assert.Contains("is no assembly of .NET", ToolRun.Of("inspect", path).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void BenchTellsTheTimeAndWhyThereIsNoOther()
    {
        (int code, string text, string errors) = ToolRun.Of("bench", _golden.Path, "--seconds", "0.05", "--python", "no-such-python");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("one sample, one thread, 35 multiply-adds", text, StringComparison.Ordinal);
        Assert.Matches(@"Unroll +[0-9.]+ µs median, [0-9.]+ µs at least", text);
        Assert.Matches("ONNX Runtime  not measured: no-such-python: .+", text);
    }

    [Fact]
    public void BenchPutsTheTimeOfOnnxRuntimeBeside()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the stand-in for a Python is a shell script");
            return;
        }

        // A file of the build's, not of this process: one that has just been written cannot be run while any other process, started meanwhile, has it
        // open by inheritance.
        string python = Path.Combine(AppContext.BaseDirectory, "python-with-onnxruntime.sh");

        (int code, string text, _) = ToolRun.Of("bench", _golden.Path, "--seconds", "0.05", "--python", python);

        Assert.Equal(0, code);
        Assert.Matches("ONNX Runtime  12.5 µs median, 11.3 µs at least, [0-9.]+ times as long", text);
    }

    [Fact]
    public void ReportsTellOfEveryHistoryInAFolder()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "good.csv"), "epoch,loss\n0,1\n1,0.5\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "other.csv"), "a,b\n1,2\n");
        (int code, string output, string errors) = ToolRun.Of("report", _folder.FullName);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("2 epochs, loss: 0.5", output, StringComparison.Ordinal);
        Assert.Contains("passed over:", output, StringComparison.Ordinal);
        Assert.Contains("<h1>good</h1>", File.ReadAllText(Path.Combine(_folder.FullName, "good.html")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "other.html")));
    }

    [Fact]
    public void AReportOfWhatIsNoHistoryIsRefused()
    {
        string file = Path.Combine(_folder.FullName, "other.csv");
        File.WriteAllText(file, "a,b\n1,2\n");

        (int code, _, string errors) = ToolRun.Of("report", file);
        Assert.Equal(1, code);
        Assert.Contains("is no history", errors, StringComparison.Ordinal);
        Assert.Equal(1, ToolRun.Of("report", _folder.FullName).Code);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
