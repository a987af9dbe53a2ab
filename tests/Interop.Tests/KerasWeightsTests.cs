using PureHDF;
using Unroll.Runtime.Tests;
using Unroll.Tool;

namespace Unroll.Interop.Tests;

/// <summary>Weights of Keras in a network that is there already, and files of Keras 2 and TensorFlow.js.</summary>
public sealed class KerasWeightsTests : IDisposable
{
    private const string Mlp = "[Network(4)] [Dense(5, Activation.Relu)] [Dense(3, Activation.Softmax)]";

    private const string Cnn = """
        [Network(8, 8, 2)] [Conv2D(4, 3, Padding = Padding.Same, UseBias = false)] [BatchNormalization] [Activate(Activation.Relu)] [MaxPooling2D(2)]
        [DepthwiseConv2D(3, DepthMultiplier = 2, Padding = Padding.Same)] [SeparableConv2D(3, 3, Activation.Elu, Strides = [2], Padding = Padding.Same)] [AveragePooling2D(2, Padding = Padding.Same)] [Flatten] [Dropout(0.5f)] [Dense(3, Activation.Softmax)]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("weights");

    [Theory]
    [InlineData("mlp.weights.h5", Mlp)]
    [InlineData("mlp_legacy.h5", Mlp)]
    [InlineData("mlp_uncompiled.keras", Mlp)]
    [InlineData("cnn.weights.h5", Cnn)]
    public void WeightsGoIntoAnExistingClass(string name, string layers)
    {
        var golden = new GoldenFile(name);
        var network = new TestNetwork(layers);

        Keras.LoadWeights(network.Model, golden.Path);

        float[] expected = golden.Outputs[""];
        float[] predicted = Assert.Single(network.Predict(golden.Inputs[""]));
        Assert.Equal(expected.Length, predicted.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Golden.AssertClose(expected[i], predicted[i], relative: 1e-6, absolute: 1e-6, $"{name}[{i}]");
        }
    }

    [Theory]
    [InlineData("attention.keras")]
    [InlineData("lstm.keras")]
    [InlineData("pages.keras")]
    [InlineData("states.keras")]
    [InlineData("states.h5")]
    [InlineData("film.h5")]
    public void WeightsOfSequencesGoIntoTheClassOfTheirImport(string name)
    {
        ImportedNetwork network = Keras.Import(GoldenFile.PathOf(name));
        Model model = CompiledNetwork.Build(network).Model;

        Keras.LoadWeights(model, GoldenFile.PathOf(name));

        Assert.All(network.Tensors, tensor => Assert.Equal(tensor.Values, model.Parameters[tensor.Name].ToArray()));
    }

    [Theory]
    [InlineData("mlp.weights.h5", "[Network(4)] [Dense(5)]", "has 4 variables of layers, and Tested 2 parameters")]
    [InlineData("mlp.weights.h5", "[Network(4)] [Dense(5)] [Dense(3)] [Dense(3)]", "dense3 (Dense) has 2 parameters, and 'layers/dense_2/vars' holds 0")]
    [InlineData("mlp.weights.h5", "[Network(4)] [Dense(5)] [Dense(4)]", "dense2/kernel is [5, 4], and variable 0 of 'layers/dense_1/vars' is [5, 3]")]
    [InlineData("mlp_legacy.h5", "[Network(4)] [Dense(5)]", "has weights of '/model_weights/dense_1' and further layers")]
    [InlineData("mlp_legacy.h5", "[Network(4)] [Dense(5)] [Dense(3)] [Dense(3)]", "has no weights for dense3 (Dense)")]
    public void WeightsOfAnotherModelAreRefusedAndTheNetworkStaysAsItWas(string name, string layers, string message)
    {
        var network = new TestNetwork(layers);
        float[][] before = [.. network.Model.Parameters.Select(static parameter => parameter.ToArray())];

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Keras.LoadWeights(network.Model, GoldenFile.PathOf(name)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Model.Parameters.Select(static parameter => parameter.ToArray()));
    }

    /// <summary>Dense works on each step anyway, so that a class need not say what Keras's wrapper says.</summary>
    [Fact]
    public void WeightsInTimeDistributedGoIntoDenseLayersOfEachStep()
    {
        using var file = new KerasFileBuilder();
        file.Config("{}");
        (string, float[], int[]) Variable(string place, params int[] shape) =>
            ($"layers/{place}", [.. Enumerable.Range(0, shape.Aggregate(1, static (product, size) => product * size)).Select(i => (place.Length * 0.25f) - i)], shape);
        (string Path, float[] Values, int[])[] variables =
        [
            Variable("time_distributed/layer/vars/0", 2, 3), Variable("time_distributed/layer/vars/1", 3), Variable("dense/vars/0", 12, 3), Variable("dense/vars/1", 3),
            Variable("time_distributed_1/layer/vars/0", 3, 3), Variable("time_distributed_1/layer/vars/1", 3),
        ];
        file.Weights(variables);
        string path = file.Write();
        var network = new TestNetwork("[Network(4, 2)] [Dense(3)] [Dense(3)] [Flatten] [Dense(3)]");

        Keras.LoadWeights(network.Model, path);

        string[] names = ["dense1/kernel", "dense1/bias", "dense3/kernel", "dense3/bias", "dense2/kernel", "dense2/bias"];
        Assert.All(names.Zip(variables), pair => Assert.Equal(pair.Second.Values, network.Model.Parameters[pair.First].ToArray()));
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Keras.LoadWeights(new TestNetwork("[Network(4, 2)] [Dense(3)] [Flatten] [Dense(3)]").Model, path));
        Assert.Contains("2 layers in TimeDistributed, and Tested 1 Dense layers of each step", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfWeightsIsNoModel() => Assert.Contains(
        "load them into a network's class with Keras.LoadWeights",
        Assert.Throws<InvalidDataException>(() => Keras.Import(GoldenFile.PathOf("mlp.weights.h5"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void AFileOfKeras2KeepsTheHardSigmoidOfKeras2()
    {
        string path = Legacy("2.15.0");

        ImportedNetwork network = Keras.Import(path);

        Assert.Contains("[Rescaling(1.2f)]", network.Source, StringComparison.Ordinal);
        float[] predicted = Assert.Single(CompiledNetwork.Compile(network).Predict([[0.5f, -1f]]));
        // x = 0.5·1 − 1·0.25 + 0.125 = 0.375: 0.2·0.375 + 0.5, times 2; the second unit the same of −0.5.
        Golden.AssertClose(2 * ((0.2 * 0.375) + 0.5), predicted[0], 0, 1e-6, "Keras 2");
        Golden.AssertClose((0.2 * -0.5) + 0.5, predicted[1], 0, 1e-6, "Keras 2");
    }

    [Fact]
    public void AnOldFileThatKeras3WroteMeansWhatKeras3Means()
    {
        float[] predicted = Assert.Single(CompiledNetwork.Compile(Keras.Import(Legacy("3.4.0"))).Predict([[0.5f, -1f]]));

        Golden.AssertClose(2 * ((0.375 / 6) + 0.5), predicted[0], 0, 1e-6, "Keras 3");
    }

    [Fact]
    public void ALegacyFileWithAnyByteChangedIsReadOrAnErrorWithinBoundedMemory()
    {
        byte[] whole = File.ReadAllBytes(GoldenFile.PathOf("mlp_legacy.h5"));
        string path = Path.Combine(_folder.FullName, "changed.h5");
        long before = GC.GetAllocatedBytesForCurrentThread();
        int tries = 0;
        for (int place = 0; place < whole.Length; place += 41, tries++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= (byte)(1 << (place % 8));
            File.WriteAllBytes(path, changed);
            if (Record.Exception(() => Keras.Import(path)) is Exception exception)
            {
                Assert.True(exception is InvalidDataException or ImportException, $"byte {place}: {exception}");
            }
        }

        Assert.True((GC.GetAllocatedBytesForCurrentThread() - before) / tries < 64 << 20);
    }

    [Theory]
    [InlineData("tfjs_picture")]
    [InlineData("tfjs_sequence")]
    public void ATensorFlowJsModelPredictsWhatItPredictedThere(string model)
    {
        var vectors = Golden.Read($"{model}/vectors.json");
        float[] expected = vectors.GetProperty("output").GetProperty("values").Floats();

        float[] predicted = Assert.Single(CompiledNetwork.Compile(TensorFlowJs.Import(PathOf("model.json", model))).Predict([vectors.GetProperty("input").GetProperty("values").Floats()]));

        Assert.Equal(expected.Length, predicted.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Golden.AssertClose(expected[i], predicted[i], relative: 2e-6, absolute: 2e-6, $"[{i}]");
        }
    }

    /// <summary>The two ways in which Keras 2 and TensorFlow.js write the states that a recurrence begins with.</summary>
    [Theory]
    [InlineData("""["x",0,0,{}],["h",0,0,{}]""")]
    [InlineData("""["x",0,0,{"initial_state":[["h",0,0]]}]""")]
    [InlineData("""["x",0,0,{"initial_state":["h",0,0]}]""")]
    public void StatesThatKeras2GivesARecurrenceAreRead(string reads)
    {
        string path = Path.Combine(_folder.FullName, "model.json");
        File.WriteAllText(path, $$$"""
            {"modelTopology":{"class_name":"Model","config":{"name":"m","layers":[
               {"class_name":"InputLayer","name":"x","config":{"name":"x","batch_input_shape":[null,2,1],"dtype":"float32"},"inbound_nodes":[]},
               {"class_name":"InputLayer","name":"h","config":{"name":"h","batch_input_shape":[null,1],"dtype":"float32"},"inbound_nodes":[]},
               {"class_name":"SimpleRNN","name":"r","config":{"name":"r","units":1,"activation":"linear","use_bias":false},"inbound_nodes":[[{{{reads}}}]]}],
               "input_layers":[["x",0,0],["h",0,0]],"output_layers":[["r",0,0]]}},
             "weightsManifest":[{"paths":["a.bin"],"weights":[{"name":"r/kernel","shape":[1,1],"dtype":"float32"},{"name":"r/recurrent_kernel","shape":[1,1],"dtype":"float32"}]}]}
            """);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "a.bin"), [.. BitConverter.GetBytes(2f), .. BitConverter.GetBytes(0.5f)]);

        // 2·1 + ½·4 = 4, 2·3 + ½·4 = 8
        Assert.Equal([8f], CompiledNetwork.Compile(TensorFlowJs.Import(path, "Begins")).Predict([[1, 3], [4]])[0]);
    }

    /// <summary>clip(0.2x + ½, 0, 1), within a cell too.</summary>
    [Theory]
    [InlineData("SimpleRNN", "\"activation\":\"hard_sigmoid\"", 1)]
    [InlineData("GRU", "\"activation\":\"hard_sigmoid\",\"recurrent_activation\":\"hard_sigmoid\",\"reset_after\":false", 3)]
    [InlineData("GRU", "\"activation\":\"hard_sigmoid\",\"recurrent_activation\":\"sigmoid\",\"reset_after\":false", 3)]
    public void TheHardSigmoidOfKeras2IsThatWithinACell(string kind, string functions, int gates)
    {
        string path = Path.Combine(_folder.FullName, "model.json");
        File.WriteAllText(path, $$$"""
            {"modelTopology":{"class_name":"Sequential","config":{"name":"m","layers":[
               {"class_name":"{{{kind}}}","config":{"name":"r","batch_input_shape":[null,2,1],"units":1,{{{functions}}},"use_bias":true}}]}},
             "weightsManifest":[{"paths":["a.bin"],"weights":[
               {"name":"r/kernel","shape":[1,{{{gates}}}],"dtype":"float32"},{"name":"r/recurrent_kernel","shape":[1,{{{gates}}}],"dtype":"float32"},{"name":"r/bias","shape":[{{{gates}}}],"dtype":"float32"}]}]}
            """);
        float[] weights = [0.5f, -0.75f, 0.25f, 1.5f, 1, -1, 0.125f, 0.5f, -0.25f];
        (float[] w, float[] u, float[] b) = (weights[..gates], weights[3..(3 + gates)], weights[6..(6 + gates)]);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "a.bin"), [.. w.Concat(u).Concat(b).SelectMany(BitConverter.GetBytes)]);

        static double Hard(double x) => Math.Clamp((0.2 * x) + 0.5, 0, 1);
        double Gate(double x) => functions.Contains("\"sigmoid\"", StringComparison.Ordinal) ? 1 / (1 + Math.Exp(-x)) : Hard(x);
        double h = 0;
        foreach (double x in new[] { 1, 2 })
        {
            double Sum(int gate, double state) => (w[gate] * x) + (u[gate] * state) + b[gate];
            double z = gates == 1 ? 0 : Gate(Sum(0, h));
            h = (z * h) + ((1 - z) * Hard(gates == 1 ? Sum(0, h) : Sum(2, Gate(Sum(1, h)) * h)));
        }

        Golden.AssertClose(h, CompiledNetwork.Compile(TensorFlowJs.Import(path, "Cell")).Predict([[1, 2]])[0][0], 0, 1e-6, kind);
    }

    [Fact]
    public void QuantisedWeightsOfTensorFlowJsBecomeFloats()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "model.json"), """
            {"modelTopology":{"class_name":"Sequential","config":[{"class_name":"Dense","config":{"name":"d","units":2,"batch_input_shape":[null,2],"activation":"linear","use_bias":true}}]},
             "weightsManifest":[{"paths":["a.bin","b.bin"],"weights":[
               {"name":"d/kernel","shape":[2,2],"dtype":"float32","quantization":{"dtype":"uint8","scale":0.5,"min":-1,"original_dtype":"float32"}},
               {"name":"d/bias","shape":[2],"dtype":"float32","quantization":{"dtype":"float16","original_dtype":"float32"}}]}]}
            """);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "a.bin"), [0, 1, 4, 255, 0x00]);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "b.bin"), [0x3c, 0x00, 0xc0]);

        IReadOnlyList<ImportedTensor> tensors = TensorFlowJs.Import(Path.Combine(_folder.FullName, "model.json"), "Tiny").Tensors;

        Assert.Equal([-1, -0.5f, 1, 126.5f], tensors[0].Values);
        Assert.Equal([1, -2], tensors[1].Values);
    }

    [Theory]
    [InlineData("\"group1-shard1of1.bin\"", "\"../group1-shard1of1.bin\"")]
    [InlineData("\"shape\":[48,7]", "\"shape\":[48,700000000]")]
    [InlineData("\"shape\":[48,7]", "\"shape\":[48,6]")]
    [InlineData("\"dense_Dense3/bias\"", "\"dense_Dense2/bias\"")]
    [InlineData("\"dtype\":\"float32\"}]", "\"dtype\":\"complex64\"}]")]
    [InlineData("\"layers-model\"", "\"graph-model\"")]
    public void AManifestThatLiesIsAnError(string what, string instead)
    {
        File.Copy(PathOf("group1-shard1of1.bin"), Path.Combine(_folder.FullName, "group1-shard1of1.bin"));
        string text = File.ReadAllText(PathOf("model.json"));
        Assert.Contains(what, text, StringComparison.Ordinal);
        string path = Path.Combine(_folder.FullName, "model.json");
        File.WriteAllText(path, text.Replace(what, instead, StringComparison.Ordinal));

        Assert.Throws<InvalidDataException>(() => TensorFlowJs.Import(path, "Wrong"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string PathOf(string file, string model = "tfjs_picture") => Path.Combine(AppContext.BaseDirectory, "golden", model, file);

    /// <summary>A functional model as Keras 2 wrote it, a branch reading the layer whose activation it is about.</summary>
    private string Legacy(string version)
    {
        const string Config = """
            {"class_name":"Functional","config":{"name":"model","layers":[
              {"class_name":"InputLayer","config":{"batch_input_shape":[null,2],"dtype":"float32","sparse":false,"ragged":false,"name":"input_1"},"name":"input_1","inbound_nodes":[]},
              {"class_name":"Dense","config":{"name":"gate","trainable":true,"dtype":"float32","units":2,"activation":"hard_sigmoid","use_bias":true,"kernel_initializer":{"class_name":"GlorotUniform","config":{"seed":null}}},"name":"gate","inbound_nodes":[[["input_1",0,0,{}]]]},
              {"class_name":"LeakyReLU","config":{"name":"leaky","trainable":true,"dtype":"float32","alpha":0.5},"name":"leaky","inbound_nodes":[[["gate",0,0,{}]]]},
              {"class_name":"Dense","config":{"name":"scale","trainable":true,"dtype":"float32","units":2,"activation":"linear","use_bias":false},"name":"scale","inbound_nodes":[[["gate",0,0,{}]]]},
              {"class_name":"Add","config":{"name":"sum","trainable":true,"dtype":"float32"},"name":"sum","inbound_nodes":[[["leaky",0,0,{}],["scale",0,0,{}]]]}],
              "input_layers":[["input_1",0,0]],"output_layers":[["sum",0,0]]}}
            """;
        var gate = new H5Group { ["gate"] = new H5Group { ["kernel:0"] = new H5Dataset(new float[] { 1, 0, 0.25f, 1 }, fileDims: [2, 2]), ["bias:0"] = new H5Dataset(new[] { 0.125f, 0.5f }) } };
        gate.Attributes["weight_names"] = new[] { "gate/kernel:0", "gate/bias:0" };
        var scale = new H5Group { ["scale"] = new H5Group { ["kernel:0"] = new H5Dataset(new float[] { 1, 0, 0, 0 }, fileDims: [2, 2]) } };
        scale.Attributes["weight_names"] = new[] { "scale/kernel:0" };
        var file = new H5File { ["model_weights"] = new H5Group { ["gate"] = gate, ["scale"] = scale } };
        file.Attributes["model_config"] = Config;
        file.Attributes["keras_version"] = version;
        string path = Path.Combine(_folder.FullName, "old.h5");
        file.Write(path);
        return path;
    }
}
