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

    [Fact]
    public void KeysWithoutValues() => Report.Is(
        "UNR0078",
        "Layer multi_head_attention1 (input 8 × 4): the key must have as many steps as the value, 6, but has 5",
        "[Network] [Input(\"q\", 8, 4)] [Input(\"k\", 5, 4)] [Input(\"v\", 6, 4)] "
        + "[MultiHeadAttention(2, 4, Query = \"q\", Value = \"v\", ⟦Key = \"k\"⟧)] partial class Net;");

    [Theory]
    [InlineData("MultiHeadAttention(⟦0⟧, 2)", "UNR0035", "heads must be at least 1, but is 0")]
    [InlineData("MultiHeadAttention(2, ⟦-2⟧)", "UNR0035", "keyDim must be at least 1, but is -2")]
    [InlineData("MultiHeadAttention(2, 2, ⟦Value = \"nowhere\"⟧)", "UNR0052", "Value must name a layer or an input above it, but \"nowhere\" is none of input")]
    [InlineData("MultiHeadAttention(2, 2, ⟦Key = \"dense1\"⟧)] [Dense(2)", "UNR0053", "Key must name a layer or an input above it, but \"dense1\" stands below; layers run in the order in which they stand, and none in a circle")]
    public void ArgumentsOfAttention(string layer, string id, string complaint) => Report.Is(
        id, $"Layer multi_head_attention1 (input 8 × 3): {complaint}", $"[Network(8, 3)] [{layer}] partial class Net;");

    [Fact]
    public void NoSequence() => Report.Is(
        "UNR0064",
        "Layer multi_head_attention1 (input 8): the input must be a signal, steps × channels, but has 1 axes",
        "[Network(8)] [⟦MultiHeadAttention(2, 2)⟧] partial class Net;");

    /// <summary>Scores are larger by far than what a layer gives.</summary>
    [Fact]
    public void ScoresBeyondMemory() => Report.Is(
        "UNR0025",
        "Layer multi_head_attention1 (input 20000 × 1): 1 × 20000 × 20000 takes the values of one sample, rows padded to 16, past 2097151, the most that one block of samples has room for, to 401280000",
        "[Network(20000, 1)] [⟦MultiHeadAttention(1, 1)⟧] partial class Net;");
}
