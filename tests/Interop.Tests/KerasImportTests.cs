using Unroll.Runtime.Tests;
using Unroll.Tool;

namespace Unroll.Interop.Tests;

/// <summary>Files that Keras 3 wrote, imported, compiled with the generator and run: the predictions are those Keras recorded.</summary>
public sealed class KerasImportTests
{
    [Theory]
    [InlineData("cnn.keras")]
    [InlineData("mlp.keras")]
    [InlineData("mlp_uncompiled.keras")]
    [InlineData("named.keras")]
    [InlineData("nested.keras")]
    [InlineData("shared.keras")]
    [InlineData("mlp_legacy.h5")]
    [InlineData("lstm.keras")]
    [InlineData("rnn_family.keras")]
    [InlineData("attention.keras")]
    public void PredictsWhatKerasPredicts(string name)
    {
        var golden = new GoldenFile(name);
        ImportedNetwork network = Keras.Import(golden.Path);
        CompiledNetwork compiled = CompiledNetwork.Compile(network);

        float[] predicted = Assert.Single(compiled.Predict([golden.Inputs[""]]));

        float[] expected = golden.Outputs[""];
        Assert.Equal(expected.Length, predicted.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Golden.AssertClose(expected[i], predicted[i], relative: 1e-6, absolute: 1e-6, $"{name}[{i}]");
        }
    }

    [Theory]
    [InlineData("mlp.keras")]
    [InlineData("nested.keras")]
    public void HoldsEveryWeightOfTheFile(string name)
    {
        var golden = new GoldenFile(name);

        IReadOnlyList<ImportedTensor> tensors = Keras.Import(golden.Path).Tensors;

        Assert.Equal(
            golden.Weights.Select(static weight => (weight.Path, string.Join(" ", weight.Values))).OrderBy(static weight => weight.Path, StringComparer.Ordinal),
            tensors.Select(static tensor => (LastTwo(tensor.Name), string.Join(" ", tensor.Values))).OrderBy(static weight => weight.Item1, StringComparer.Ordinal));
    }

    [Fact]
    public void TheClassIsOneToRead() => Assert.Equal(
        """
        using Unroll;

        namespace Shop.Models;

        /// <summary>The model sequential of mlp.keras.</summary>
        [Network(4)]
        [Dense(5, Activation.Relu, Name = "dense")]
        [Dense(3, Activation.Softmax, Name = "dense_1")]
        public sealed partial class Prices;

        """,
        Keras.Import(GoldenFile.PathOf("mlp.keras"), "Prices", "Shop.Models").Source,
        ignoreLineEndingDifferences: true);

    [Fact]
    public void NamesThatTheUserGaveAreKept()
    {
        ImportedNetwork network = Keras.Import(GoldenFile.PathOf("named.keras"));

        Assert.Contains("""[Input("features", 4)]""", network.Source, StringComparison.Ordinal);
        Assert.Equal(
            ["encoder/kernel", "encoder/bias", "Mid_dle/kernel", "Mid_dle/bias", "dense_7/kernel", "dense_7/bias"],
            network.Tensors.Select(static tensor => tensor.Name));
        Assert.Equal("Mid dle: is called Mid_dle here, as names are letters, digits and underscores and differ", Assert.Single(network.Notes));
    }

    [Theory]
    [InlineData("functional_two_inputs.keras")]
    [InlineData("film.keras")]
    [InlineData("film.h5")]
    [InlineData("pages.keras")]
    [InlineData("states.keras")]
    [InlineData("states.h5")]
    [InlineData("translator.keras")]
    [InlineData("operations.keras")]
    public void PredictsWithNamedInputsAndOutputs(string name)
    {
        var golden = new GoldenFile(name);
        ImportedNetwork network = Keras.Import(golden.Path);

        float[][] predicted = [.. CompiledNetwork.Compile(network).Predict([.. network.Inputs.Select(input => golden.Inputs[input.FileName])])];

        for (int output = 0; output < predicted.Length; output++)
        {
            float[] expected = golden.Outputs[network.Outputs[output].FileName];
            for (int i = 0; i < expected.Length; i++)
            {
                Golden.AssertClose(expected[i], predicted[output][i], relative: 1e-6, absolute: 1e-6, $"{network.Outputs[output].FileName}[{i}]");
            }
        }
    }

    [Fact]
    public void LayersOfEachStepAndGivenStatesAreToBeRead()
    {
        string film = Keras.Import(GoldenFile.PathOf("film.keras")).Source;
        string pages = Keras.Import(GoldenFile.PathOf("pages.keras")).Source;
        string states = Keras.Import(GoldenFile.PathOf("states.keras")).Source;

        Assert.Contains("[TimeDistributed<FilmFrames>(Name = \"frames\", From = \"pictures\")]", film, StringComparison.Ordinal);
        Assert.Contains("[Dense(3, Activation.Tanh, Name = \"each\")]", film, StringComparison.Ordinal);
        Assert.Contains("[Use<PagesLines>(Shared = \"lines\", Name = \"lines_2\", From = \"b\")]", pages, StringComparison.Ordinal);
        Assert.Contains("InitialState = [\"start\", \"memory\", \"memory\", \"start\"]", states, StringComparison.Ordinal);
    }

    [Fact]
    public void ALayerThatUnrollLacksIsNamed()
    {
        using var file = new KerasFileBuilder();
        file.Config(KerasFileBuilder.Sequential(KerasFileBuilder.Input("input_layer", "4,4,4,1"), KerasFileBuilder.Layer("Conv3D", "deep", "", "")));
        file.Weights([]);

        ImportProblem problem = Assert.Single(Assert.Throws<ImportException>(() => Keras.Import(file.Write())).Problems);

        Assert.Equal(("deep", "Conv3D", null), (problem.Node, problem.Layer, problem.Argument));
    }

    private static string LastTwo(string name) => string.Join('/', name.Split('/')[^2..]);
}
