using System.Buffers.Binary;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Tool;

namespace Unroll.Interop.Tests;

/// <summary>The command line: what it writes, prints and returns.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tool");
    private readonly GoldenFile _golden = new("mlp.keras");

    [Fact]
    public void AnImportThatAgreesWritesTheClassItsWeightsAndTheVectors()
    {
        string inputs = Npy("inputs.npy", _golden.Inputs[""], 6, 4);
        string outputs = Npy("outputs.npy", _golden.Outputs[""], 6, 3);

        (int code, string text, string errors) = Run("import", _golden.Path, "-o", _folder.FullName, "--class", "Digit", "--check", inputs, outputs);

        Assert.Equal((0, ""), (code, errors));
        Assert.Matches("check: output: 18 values, largest difference [0-9.E-]+\r?\n", text);
        Assert.Contains("class Digit, 43 parameters; it compiles and takes the weights", text, StringComparison.Ordinal);
        Assert.Contains("Digit.vectors.safetensors: 6 samples for SelfTest", text, StringComparison.Ordinal);
        Assert.Equal(["Digit.cs", "Digit.safetensors", "Digit.vectors.safetensors"], Written());
        (_, string tensors, _) = Run("inspect", Path.Combine(_folder.FullName, "Digit.safetensors"));
        Assert.StartsWith("dense/kernel  F32  [4, 5]", tensors, StringComparison.Ordinal);
    }

    [Fact]
    public void SelfTestTellsHowFarPredictionsAgree()
    {
        string inputs = Npy("inputs.npy", _golden.Inputs[""], 6, 4);
        string outputs = Npy("outputs.npy", _golden.Outputs[""], 6, 3);
        _ = Run("import", _golden.Path, "-o", _folder.FullName, "--class", "Digit", "--check", inputs, outputs);
        string vectors = Path.Combine(_folder.FullName, "Digit.vectors.safetensors");
        Model model = CompiledNetwork.Compile(Keras.Import(_golden.Path)).Model;

        float[] predictions = model.Predict(_golden.Inputs[""]);
        Assert.Equal(predictions.Zip(_golden.Outputs[""], static (one, other) => Math.Abs(one - other)).Max(), model.SelfTest(vectors));

        Parameter bias = model.Parameters["dense_1/bias"];
        bias.Assign([.. bias.ToArray().Select(static (value, index) => value + index)]);
        string message = Assert.Throws<InvalidOperationException>(() => model.SelfTest(vectors)).Message;
        Assert.Matches("^Mlp, output output: predictions must agree with the check vectors to 0.0001 of 1, but the largest difference is 0.[0-9]+.$", message);
        Assert.Throws<InvalidDataException>(() => model.SelfTest(Path.Combine(_folder.FullName, "Digit.safetensors")));
    }

    /// <summary>The vectors lie beside the weights, which the class was loaded from.</summary>
    [Fact]
    public void SelfTestFindsTheVectorsBesideTheWeights()
    {
        string inputs = Npy("inputs.npy", _golden.Inputs[""], 6, 4);
        string outputs = Npy("outputs.npy", _golden.Outputs[""], 6, 3);
        Assert.Equal(0, Run("import", _golden.Path, "-o", _folder.FullName, "--class", "Digit", "--check", inputs, outputs).Code);
        string weights = Path.Combine(_folder.FullName, "Digit.safetensors");
        Model model = CompiledNetwork.Build(Keras.Import(_golden.Path)).Model;
        Assert.Contains("none was loaded", Assert.Throws<InvalidOperationException>(() => model.SelfTest()).Message, StringComparison.Ordinal);

        model.LoadWeights(weights);
        Assert.Equal(model.SelfTest(Path.Combine(_folder.FullName, "Digit.vectors.safetensors")), model.SelfTest());

        File.Delete(Path.Combine(_folder.FullName, "Digit.vectors.safetensors"));
        Assert.Contains("Digit.vectors.safetensors", Assert.Throws<FileNotFoundException>(() => model.SelfTest()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABuildKnowsTheFilesBesideTheModel()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "golden", "tfjs_picture", "model.json");

        Assert.Equal(0, Run("build", path, "--output", _folder.FullName).Code);

        Assert.Equal(Path.Combine(Path.GetDirectoryName(path)!, "group1-shard1of1.bin"), File.ReadAllText(Path.Combine(_folder.FullName, "files.txt")));
    }

    [Fact]
    public void SeveralInputsAndOutputsAreTestedToo()
    {
        string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "golden", "onnx", "several." + name);
        (int code, string text, string errors) = Run(
            "import", Path("onnx"), "-o", _folder.FullName, "--embed", "--check", Path("x0.npy"), Path("x1.npy"), Path("y0.npy"), Path("y1.npy"));

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("samples for SelfTest", text, StringComparison.Ordinal);
        Assert.Contains("\n[Network(Weights = \"Several.safetensors\")]", File.ReadAllText(System.IO.Path.Combine(_folder.FullName, "Several.cs")), StringComparison.Ordinal);
        Model model = CompiledNetwork.Compile(Onnx.Import(Path("onnx"))).Model;
        Assert.InRange(model.SelfTest(System.IO.Path.Combine(_folder.FullName, "Several.vectors.safetensors")), 0, 1e-5f);
    }

    [Fact]
    public void SeveralOutputsOfOneInputAreTestedToo()
    {
        string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "golden", "onnx", "gates." + name);
        (int code, string text, string errors) = Run("import", Path("onnx"), "-o", _folder.FullName, "--check", Path("x0.npy"), Path("y0.npy"), Path("y1.npy"));

        Assert.Equal((0, ""), (code, errors));
        Assert.Matches("check: y1: 6 values, largest difference", text);
        Assert.Equal(0, Run("inspect", Path("onnx")).Code);
    }

    [Fact]
    public void AnImportMayNameItsWeights()
    {
        (int code, _, string errors) = Run("import", _golden.Path, "-o", _folder.FullName, "--embed");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("[Network(4, Weights = \"Mlp.safetensors\")]", File.ReadAllText(Path.Combine(_folder.FullName, "Mlp.cs")), StringComparison.Ordinal);
    }

    /// <summary>Without vectors the generator alone says whether class and weights belong together.</summary>
    [Theory]
    [InlineData("files/shared.keras")]
    [InlineData("files/pages.keras")]
    [InlineData("tfjs_picture/model.json")]
    [InlineData("onnx/states.onnx")]
    public void TheGeneratorTakesEveryClassWithItsWeights(string file)
    {
        (int code, string text, string errors) = Run("import", Path.Combine(AppContext.BaseDirectory, "golden", file), "-o", _folder.FullName);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("parameters; the generator takes it with these weights", text, StringComparison.Ordinal);
        Assert.Equal(2, Written().Count());
    }

    [Fact]
    public void WeightsOfAnotherShapeAreRefusedWithoutVectors()
    {
        ImportedNetwork Network(params ImportedTensor[] tensors) => new()
        {
            ClassName = "Small",
            Namespace = null,
            Source = "using Unroll;\n[Network(3)]\n[Dense(2)]\npublic sealed partial class Small;",
            Inputs = [new ImportedValue("input", "input")],
            Outputs = [new ImportedValue("output", "output")],
            Tensors = tensors,
            Notes = [],
        };
        ImportedTensor bias = new("dense1/bias", [2], new float[2]);

        GeneratedClass.Check(Network(new("dense1/kernel", [3, 2], new float[6]), bias));
        foreach (ImportedTensor[] wrong in new ImportedTensor[][] { [new("dense1/kernel", [2, 3], new float[6]), bias], [bias], [] })
        {
            Assert.Contains("Its class Small has errors", Assert.Throws<InvalidDataException>(() => GeneratedClass.Check(Network(wrong))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnImportThatDoesNotAgreeWritesNothing()
    {
        float[] wrong = _golden.Outputs[""];
        wrong[7] += 0.25f;
        string inputs = Npy("inputs.npy", _golden.Inputs[""], 6, 4);
        string outputs = Npy("outputs.npy", wrong, 6, 3);

        (int code, string text, _) = Run("import", _golden.Path, "-o", _folder.FullName, "--check", inputs, outputs);

        Assert.Equal(1, code);
        Assert.Contains("largest difference 0.25, more than 0.0001", text, StringComparison.Ordinal);
        Assert.Empty(Written());
    }

    [Fact]
    public void WhatCannotBeReadIsAnErrorAndWritesNothing()
    {
        using var file = new KerasFileBuilder();
        file.Config(KerasFileBuilder.Sequential(KerasFileBuilder.Input("input_layer", "4,4,4,1"), KerasFileBuilder.Layer("Conv3D", "deep", "", "")));
        file.Weights([]);
        (int code, _, string errors) = Run("import", file.Write(), "-o", _folder.FullName);

        Assert.Equal(1, code);
        Assert.Contains("deep (Conv3D): there is no such layer in Unroll yet", errors, StringComparison.Ordinal);
        Assert.Empty(Written());
    }

    /// <summary>All but the last error go to the log at once; the last ends the build.</summary>
    [Fact]
    public void ABuildHasItsErrorsAtTheModel()
    {
        using var file = new KerasFileBuilder();
        file.Config(KerasFileBuilder.Sequential(
            KerasFileBuilder.Input("input_layer", "4,4,4,1"), KerasFileBuilder.Layer("Conv3D", "deep", "", ""), KerasFileBuilder.Layer("Lambda", "mine", "", "")));
        file.Weights([]);
        string path = file.Write();
        (int code, string text, _) = Run("build", path, "--output", _folder.FullName);

        Assert.Equal(1, code);
        string line = Assert.Single(text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"{path} : error UNR0088: deep (Conv3D): there is no such layer in Unroll yet", line, StringComparison.Ordinal);
        Assert.StartsWith("UNR0088mine (Lambda): there is no such layer in Unroll yet", Failure(), StringComparison.Ordinal);
        (code, text, _) = Run("build", Path.Combine(_folder.FullName, "none.onnx"), "--output", _folder.FullName);
        Assert.Equal((1, ""), (code, text));
        Assert.StartsWith("UNR0089Could not find file", Failure(), StringComparison.Ordinal);
        Assert.Equal(["failure.txt"], Written());
    }

    [Fact]
    public void ABuildHoldsPredictionsAgainstThoseGiven()
    {
        float[] outputs = _golden.Outputs[""];
        string[] arguments =
        [
            "build", _golden.Path, "--output", _folder.FullName, "--class", "Digit", "--namespace", "Shop",
            "--check", Npy("inputs.npy", _golden.Inputs[""], 6, 4), Npy("outputs.npy", outputs, 6, 3),
        ];

        Assert.Equal((0, "", ""), Run(arguments));
        Assert.Equal(["Digit.cs", "Digit.safetensors", "Digit.vectors.safetensors"], Written());
        string source = File.ReadAllText(Path.Combine(_folder.FullName, "Digit.cs"));
        Assert.StartsWith("// <auto-generated/>", source, StringComparison.Ordinal);
        Assert.Contains("namespace Shop;", source, StringComparison.Ordinal);
        Assert.Contains("[Network(4, Weights = \"mlp.keras/Digit.safetensors\")]", source, StringComparison.Ordinal);

        outputs[7] += 0.25f;
        _ = Npy("outputs.npy", outputs, 6, 3);
        (int code, string text, _) = Run(arguments);
        Assert.Equal((1, ""), (code, text));
        Assert.StartsWith("UNR0089predictions are not those given: output: 18 values, largest difference 0.25, more than 0.0001", Failure(), StringComparison.Ordinal);
    }

    /// <summary>A stream is held against a signal, which is no whole sample that SelfTest could predict.</summary>
    [Fact]
    public void ABuildWritesNoSamplesOfAStream()
    {
        string path = Path.Combine(_folder.FullName, "twice.json");
        File.WriteAllText(path, """
            {"in_shape": [null, null, 1], "layers": [{"type": "dense", "activation": "", "shape": [null, null, 1], "weights": [[[2.0]], [0.5]]}]}
            """);
        string output = Path.Combine(_folder.FullName, "out");

        Assert.Equal((0, "", ""), Run("build", path, "--output", output, "--check", Npy("x.npy", [1f, -1f, 3f], 3, 1), Npy("y.npy", [2.5f, -1.5f, 6.5f], 3, 1)));

        Assert.Equal(["Twice.cs", "Twice.safetensors"], Directory.GetFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>As NumPy saves what was transposed.</summary>
    [Fact]
    public void AnArrayWhoseFirstAxisRunsFastestIsTurned()
    {
        string path = Path.Combine(_folder.FullName, "a.npy");
        File.WriteAllBytes(path, NpyBytes("'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), ", [1, 4, 2, 5, 3, 6]));

        Assert.Equal([1, 2, 3, 4, 5, 6], NpyFile.Read(path).Values);
    }

    [Theory]
    [InlineData("'descr': '<f4', 'fortran_order': 1, 'shape': (2, 3), ")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), ")]
    [InlineData("'descr': '>f4', 'fortran_order': False, 'shape': (2, 3), ")]
    public void AnArrayOfAnotherKindIsRefused(string header)
    {
        string path = Path.Combine(_folder.FullName, "a.npy");
        File.WriteAllBytes(path, NpyBytes(header, [1, 2, 3, 4, 5, 6]));

        Assert.Throws<InvalidDataException>(() => NpyFile.Read(path));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Failure() => File.ReadAllText(Path.Combine(_folder.FullName, "failure.txt"));

    private static (int Code, string Text, string Errors) Run(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        return (Program.Invoke(arguments, output, errors), output.ToString(), errors.ToString());
    }

    [Fact]
    public void InspectTellsWhatAModelNeeds()
    {
        (int code, string text, string errors) = Run("inspect", _golden.Path);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains(" Total params: 43 ", text, StringComparison.Ordinal);
        Assert.Contains(" Multiply-adds of a prediction: 35", text, StringComparison.Ordinal);
        Assert.Matches(" Memory: [0-9,]+ bytes for the parameters, [0-9,]+ for a prediction", text);
    }

    [Fact]
    public void InspectListsTheVariablesOfWeightsOfKeras()
    {
        (int code, string text, _) = Run("inspect", GoldenFile.PathOf("mlp.weights.h5"));

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

        (int code, string text, string errors) = Run("inspect", path);

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
        Assert.Contains("is no assembly of .NET", Run("inspect", path).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void BenchTellsTheTimeAndWhyThereIsNoOther()
    {
        (int code, string text, string errors) = Run("bench", _golden.Path, "--seconds", "0.05", "--python", "no-such-python");

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

        // In place of a Python that has ONNX Runtime: it is given the script, a model and the seconds.
        string python = Path.Combine(_folder.FullName, "python");
        File.WriteAllText(python, "#!/bin/sh\n[ -s \"$1\" ] && [ -s \"$2\" ] && [ \"$3\" = 0.05 ] && echo 12.5 11.25\n");
        File.SetUnixFileMode(python, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        (int code, string text, _) = Run("bench", _golden.Path, "--seconds", "0.05", "--python", python);

        Assert.Equal(0, code);
        Assert.Matches("ONNX Runtime  12.5 µs median, 11.3 µs at least, [0-9.]+ times as long", text);
    }

    [Fact]
    public void ReportsTellOfEveryHistoryInAFolder()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "good.csv"), "epoch,loss\n0,1\n1,0.5\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "other.csv"), "a,b\n1,2\n");
        (int code, string output, string errors) = Run("report", _folder.FullName);

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

        (int code, _, string errors) = Run("report", file);
        Assert.Equal(1, code);
        Assert.Contains("is no history", errors, StringComparison.Ordinal);
        Assert.Equal(1, Run("report", _folder.FullName).Code);
    }

    private IEnumerable<string> Written() =>
        _folder.GetFiles().Select(static file => file.Name).Where(static name => !name.EndsWith(".npy", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private string Npy(string name, float[] values, int rows, int columns)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, NpyBytes($"'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), ", values));
        return path;
    }

    // The format: magic, version, length of the header, header padded to 64 bytes, values.
    private static byte[] NpyBytes(string header, float[] values)
    {
        byte[] text = Encoding.ASCII.GetBytes($"{{{header}}}".PadRight(117) + "\n");
        byte[] content = [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. text, .. new byte[values.Length * sizeof(float)]];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(content.AsSpan(10 + text.Length + (i * sizeof(float))), values[i]);
        }

        return content;
    }
}
