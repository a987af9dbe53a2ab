using Unroll.Tool;

namespace Unroll.Interop.Tests;

/// <summary>The command that imports: what it writes, prints and returns.</summary>
public sealed class ToolImportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tool");
    private readonly GoldenFile _golden = new("mlp.keras");

    [Fact]
    public void AnImportThatAgreesWritesTheClassItsWeightsAndTheVectors()
    {
        string inputs = NpyWriter.Write(_folder, "inputs.npy", _golden.Inputs[""], 6, 4);
        string outputs = NpyWriter.Write(_folder, "outputs.npy", _golden.Outputs[""], 6, 3);

        (int code, string text, string errors) = ToolRun.Of("import", _golden.Path, "-o", _folder.FullName, "--class", "Digit", "--check", inputs, outputs);

        Assert.Equal((0, ""), (code, errors));
        Assert.Matches("check: output: 18 values, largest difference [0-9.E-]+\r?\n", text);
        Assert.Contains("class Digit, 43 parameters; it compiles and takes the weights", text, StringComparison.Ordinal);
        Assert.Contains("Digit.vectors.safetensors: 6 samples for SelfTest", text, StringComparison.Ordinal);
        Assert.Equal(["Digit.cs", "Digit.safetensors", "Digit.vectors.safetensors"], Written());
        (_, string tensors, _) = ToolRun.Of("inspect", Path.Combine(_folder.FullName, "Digit.safetensors"));
        Assert.StartsWith("dense/kernel  F32  [4, 5]", tensors, StringComparison.Ordinal);
    }

    [Fact]
    public void SelfTestTellsHowFarPredictionsAgree()
    {
        string inputs = NpyWriter.Write(_folder, "inputs.npy", _golden.Inputs[""], 6, 4);
        string outputs = NpyWriter.Write(_folder, "outputs.npy", _golden.Outputs[""], 6, 3);
        _ = ToolRun.Of("import", _golden.Path, "-o", _folder.FullName, "--class", "Digit", "--check", inputs, outputs);
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
        string inputs = NpyWriter.Write(_folder, "inputs.npy", _golden.Inputs[""], 6, 4);
        string outputs = NpyWriter.Write(_folder, "outputs.npy", _golden.Outputs[""], 6, 3);
        Assert.Equal(0, ToolRun.Of("import", _golden.Path, "-o", _folder.FullName, "--class", "Digit", "--check", inputs, outputs).Code);
        string weights = Path.Combine(_folder.FullName, "Digit.safetensors");
        Model model = CompiledNetwork.Build(Keras.Import(_golden.Path)).Model;
        Assert.Contains("none was loaded", Assert.Throws<InvalidOperationException>(() => model.SelfTest()).Message, StringComparison.Ordinal);

        model.LoadWeights(weights);
        Assert.Equal(model.SelfTest(Path.Combine(_folder.FullName, "Digit.vectors.safetensors")), model.SelfTest());

        File.Delete(Path.Combine(_folder.FullName, "Digit.vectors.safetensors"));
        Assert.Contains("Digit.vectors.safetensors", Assert.Throws<FileNotFoundException>(() => model.SelfTest()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralInputsAndOutputsAreTestedToo()
    {
        string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "golden", "onnx", "several." + name);
        (int code, string text, string errors) = ToolRun.Of(
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
        (int code, string text, string errors) = ToolRun.Of("import", Path("onnx"), "-o", _folder.FullName, "--check", Path("x0.npy"), Path("y0.npy"), Path("y1.npy"));

        Assert.Equal((0, ""), (code, errors));
        Assert.Matches("check: y1: 6 values, largest difference", text);
        Assert.Equal(0, ToolRun.Of("inspect", Path("onnx")).Code);
    }

    [Fact]
    public void AnImportMayNameItsWeights()
    {
        (int code, _, string errors) = ToolRun.Of("import", _golden.Path, "-o", _folder.FullName, "--embed");

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
        (int code, string text, string errors) = ToolRun.Of("import", Path.Combine(AppContext.BaseDirectory, "golden", file), "-o", _folder.FullName);

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
        string inputs = NpyWriter.Write(_folder, "inputs.npy", _golden.Inputs[""], 6, 4);
        string outputs = NpyWriter.Write(_folder, "outputs.npy", wrong, 6, 3);

        (int code, string text, _) = ToolRun.Of("import", _golden.Path, "-o", _folder.FullName, "--check", inputs, outputs);

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
        (int code, _, string errors) = ToolRun.Of("import", file.Write(), "-o", _folder.FullName);

        Assert.Equal(1, code);
        Assert.Contains("deep (Conv3D): there is no such layer in Unroll yet", errors, StringComparison.Ordinal);
        Assert.Empty(Written());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private IEnumerable<string> Written() =>
        _folder.GetFiles().Select(static file => file.Name).Where(static name => !name.EndsWith(".npy", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
