using Unroll.Tool;
using static Unroll.Interop.Tests.KerasFileBuilder;

namespace Unroll.Interop.Tests;

/// <summary>Functional models: inputs, outputs, merges and layers that are called several times.</summary>
public sealed class KerasGraphTests
{
    private const string Units = ""","units":2,"activation":"linear","use_bias":true""";

    [Fact]
    public void InputsAndOutputsKeepTheirNames()
    {
        using var file = new KerasFileBuilder();
        file.Config(Functional(
            """{"left":["left",0,0],"right":["right",0,0]}""",
            """{"sum":["total",0,0],"product":["times",0,0]}""",
            InGraph(Input("left", "2"), "left"),
            InGraph(Input("right", "2"), "right"),
            InGraph(Layer("Dense", "first", Units), "first", Node("left")),
            InGraph(Layer("Add", "total"), "total", Node("first", "right")),
            InGraph(Layer("Multiply", "times"), "times", Node("total", "left"))));
        file.Weights(("layers/dense/vars/0", [1, 2, 3, 4], [2, 2]), ("layers/dense/vars/1", [10, 20], [2]));

        ImportedNetwork network = Keras.Import(file.Write());

        Assert.Equal(["left", "right"], network.Inputs.Select(static input => input.Name));
        Assert.Equal(["sum", "product"], network.Outputs.Select(static output => output.Name));
        float[][] predicted = CompiledNetwork.Compile(network).Predict([[1, 2, 0, 1], [5, 6, 7, 8]]);
        // first: [1, 2]·K + b = [17, 30]; [0, 1]·K + b = [13, 24].
        Assert.Equal([22, 36, 20, 32], predicted[0]);
        Assert.Equal([22, 72, 0, 32], predicted[1]);
    }

    [Fact]
    public void ASharedModelIsOneBlock()
    {
        using var file = new KerasFileBuilder();
        string tower = Sequential(Input("input_layer", "2"), Layer("Dense", "inside", Units)).Replace("\"name\":\"sequential\"", "\"name\":\"tower\"", StringComparison.Ordinal);
        file.Config(Functional(
            """[["a",0,0],["b",0,0]]""",
            """["dot",0,0]""",
            InGraph(Input("a", "2"), "a"),
            InGraph(Input("b", "2"), "b"),
            InGraph(tower, "tower", Node("a"), Node("b")),
            InGraph(Layer("Dot", "dot", ""","axes":[1,1],"normalize":false"""), "dot", Node("tower:0", "tower:1"))));
        file.Weights(("layers/sequential/layers/dense/vars/0", [1, 2, 3, 4], [2, 2]), ("layers/sequential/layers/dense/vars/1", [10, 20], [2]));

        ImportedNetwork network = Keras.Import(file.Write());

        Assert.Equal(["tower/inside/kernel", "tower/inside/bias"], network.Tensors.Select(static tensor => tensor.Name));
        // [17, 30]·[13, 24]
        Assert.Equal([941], CompiledNetwork.Compile(network).Predict([[1, 2], [0, 1]])[0]);
    }

    [Fact]
    public void ALayerWhoseSecondCallStandsFirstIsSharedAllTheSame()
    {
        using var file = new KerasFileBuilder();
        file.Config(Functional(
            """["a",0,0]""",
            """["sum",0,0]""",
            InGraph(Input("a", "2"), "a"),
            InGraph(Layer("Dense", "both", Units), "both", Node("late"), Node("a")),
            InGraph(Layer("Rescaling", "late", ""","scale":2.0,"offset":0.0"""), "late", Node("a")),
            InGraph(Layer("Add", "sum"), "sum", Node("both:0", "both:1"))));
        file.Weights(("layers/dense/vars/0", [1, 2, 3, 4], [2, 2]), ("layers/dense/vars/1", [10, 20], [2]));

        ImportedNetwork network = Keras.Import(file.Write());

        Assert.Equal(["both/dense/kernel", "both/dense/bias"], network.Tensors.Select(static tensor => tensor.Name));
        // [2, 4]·K + b and [1, 2]·K + b
        Assert.Equal([24f + 17f, 40f + 30f], CompiledNetwork.Compile(network).Predict([[1, 2]])[0]);
    }

    [Fact]
    public void ACallOfWhatDoesNotExistIsAnError()
    {
        using var file = new KerasFileBuilder();
        file.Config(Functional("""["a",0,0]""", """["d",0,0]""", InGraph(Input("a", "2"), "a"), InGraph(Layer("Dense", "d", Units), "d", Node("ghost"))));

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Keras.Import(file.Weights().Write()));

        Assert.Contains("it reads 'ghost', which is no layer or depends on it", exception.Message, StringComparison.Ordinal);
    }

    private static string InGraph(string layer, string name, params string[] nodes) =>
        $$"""{{layer[..^1]}},"name":"{{name}}","inbound_nodes":[{{string.Join(',', nodes)}}]}""";
}
