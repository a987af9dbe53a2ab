namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>What embeddings and attention refuse: the message and the place.</summary>
public class AttentionDiagnosticsTests
{
    [Theory]
    [InlineData("Dense(8, Name = \"hidden\")", "8", "hidden")]
    [InlineData("Dense(8, Name = \"hidden\")] [Reshape(2, 4)] [Flatten", "8", "hidden")]
    [InlineData("Permute(2, 1)", "8", "permute1")]
    [InlineData("Embedding(4, 1)", "8 × 1", "embedding1")]
    public void IdsAreComputed(string before, string input, string name) => Report.Is(
        "UNR0076",
        $"Layer last (input {(name == "permute1" ? "4 × 2" : input)}): the ids of an embedding must be an input, as it is or reshaped, but are the output of {name}",
        $"[Network({(name == "permute1" ? "2, 4" : "8")})] [{before}] [⟦Embedding(4, 2, Name = \"last\")⟧] partial class Net;");

    [Fact]
    public void TooFewPositions() => Report.Is(
        "UNR0077",
        "Layer position_embedding1 (input 8 × 3): sequenceLength must be at least the steps of the input, 8, but is 7",
        "[Network(8, 3)] [PositionEmbedding(⟦7⟧)] partial class Net;");

    [Theory]
    [InlineData("Embedding(⟦0⟧, 2)", "UNR0035", "inputDim must be at least 1, but is 0")]
    [InlineData("Embedding(⟦16777217⟧, 2)", "UNR0034", "inputDim must be at most 16777216, beyond which floats are no exact ids, but is 16777217")]
    [InlineData("Embedding(2, ⟦0⟧)", "UNR0035", "outputDim must be at least 1, but is 0")]
    [InlineData("PositionEmbedding(⟦-1⟧)", "UNR0034", "sequenceLength must be at least 0, but is -1")]
    [InlineData("⟦PositionEmbedding⟧", "UNR0064", "the input must be a signal, steps × channels, but has 1 axes")]
    public void Numbers(string layer, string id, string complaint)
    {
        string name = layer.Contains("Position", StringComparison.Ordinal) ? "position_embedding1" : "embedding1";
        Report.Is(id, $"Layer {name} (input 8): {complaint}", $"[Network(8)] [{layer}] partial class Net;");
    }
}
