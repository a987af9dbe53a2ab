using System.Buffers.Binary;
using System.Text;
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
    public void AnImportMayNameItsWeights()
    {
        (int code, _, string errors) = Run("import", _golden.Path, "-o", _folder.FullName, "--embed");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("[Network(4, Weights = \"Mlp.safetensors\")]", File.ReadAllText(Path.Combine(_folder.FullName, "Mlp.cs")), StringComparison.Ordinal);
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
        Assert.Collection(
            text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries),
            line => Assert.StartsWith($"{path} : error UNR0088: deep (Conv3D): there is no such layer in Unroll yet", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"{path} : error UNR0088: mine (Lambda): there is no such layer in Unroll yet", line, StringComparison.Ordinal));
        (code, text, _) = Run("build", Path.Combine(_folder.FullName, "none.onnx"), "--output", _folder.FullName);
        Assert.Equal(1, code);
        Assert.StartsWith($"{Path.Combine(_folder.FullName, "none.onnx")} : error UNR0089: Could not find file", text, StringComparison.Ordinal);
        Assert.Empty(Written());
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
        Assert.Equal(1, code);
        Assert.Contains("mlp.keras : error UNR0089: predictions are not those given: output: 18 values, largest difference 0.25, more than 0.0001", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), ")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), ")]
    [InlineData("'descr': '>f4', 'fortran_order': False, 'shape': (2, 3), ")]
    public void AnArrayOfAnotherKindIsRefused(string header)
    {
        string path = Path.Combine(_folder.FullName, "a.npy");
        File.WriteAllBytes(path, NpyBytes(header, [1, 2, 3, 4, 5, 6]));

        Assert.Throws<InvalidDataException>(() => NpyFile.Read(path));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static (int Code, string Text, string Errors) Run(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        return (Program.Invoke(arguments, output, errors), output.ToString(), errors.ToString());
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
