using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Tests.Frontend;

/// <summary>Embeddings and attention: arguments, defaults, default names, what they read.</summary>
public class AttentionLayerReaderTests
{
    private static readonly WeightSpec s_kernel = Model.Initializer.GlorotUniform;
    private static readonly WeightSpec s_bias = Model.Initializer.Zeros;

    [Fact]
    public void Embeddings()
    {
        AssertReads("[Embedding(5, 3)]", "4", new EmbeddingLayer(0, "embedding1", 5, 3, MaskZero: false, Model.Initializer.RandomUniform));
        AssertReads(
            "[Embedding(5, 3, MaskZero = true, EmbeddingsInitializer = Initializer.Ones, EmbeddingsL2 = 0.5f, Name = \"e\")]",
            "4",
            new EmbeddingLayer(0, "e", 5, 3, MaskZero: true, (WeightSpec)Model.Initializer.Ones with { Penalty = new Penalty(0f, 0.5f) }));
    }

    [Theory]
    [InlineData("PositionEmbedding", 0)]
    [InlineData("PositionEmbedding(6)", 6)]
    public void Positions(string attribute, int sequenceLength)
    {
        // It reads no values: another layer must.
        NetworkModel model = ParsedModel.Of($"[Network(4, 3)] [{attribute}] [Add(\"\", \"input\")] public partial class Net;");

        Assert.Equal(new PositionEmbeddingLayer(0, "position_embedding1", sequenceLength, s_kernel), model.Nodes[0].Layer);
    }

    [Fact]
    public void Attention()
    {
        AssertReads("[MultiHeadAttention(2, 3)]", "4, 5", new MultiHeadAttentionLayer(
            0, "multi_head_attention1", 2, 3, ValueDim: 0, OutputDim: 0, DropoutRate: 0f, Causal: false, UseBias: true, s_kernel, s_bias));
        AssertReads(
            "[MultiHeadAttention(2, 3, ValueDim = 4, OutputDim = 6, Dropout = 0.25f, Causal = true, UseBias = false, KernelL1 = 0.5f, Name = \"a\")]",
            "4, 5",
            new MultiHeadAttentionLayer(
                0,
                "a",
                2,
                3,
                ValueDim: 4,
                OutputDim: 6,
                DropoutRate: 0.25f,
                Causal: true,
                UseBias: false,
                s_kernel with { Penalty = new Penalty(0.5f, 0f) },
                s_bias));
    }

    [Theory]
    [InlineData("", "dense2")]
    [InlineData(", From = \"input\"", "input")]
    [InlineData(", Query = \"dense1\"", "dense1")]
    [InlineData(", Value = \"dense1\"", "dense2 dense1")]
    [InlineData(", Query = \"dense1\", Value = \"\"", "dense1 dense2")]
    [InlineData(", Query = \"dense1\", Value = null, Key = null", "dense1")]
    [InlineData(", Value = \"dense1\", Key = \"input\"", "dense2 dense1 input")]
    [InlineData(", Key = \"input\"", "dense2 dense2 input")]
    [InlineData(", Query = \"input\", Value = \"input\", Key = \"input\"", "input")]
    public void WhatAttentionReads(string arguments, string inputs)
    {
        // Every layer is read by some output.
        NetworkModel model = ParsedModel.Of(
            $"[Network(4, 5)] [Dense(5)] [Output(\"a\")] [Dense(5)] [Output(\"b\")] [MultiHeadAttention(2, 3{arguments})] [Output(\"c\")] public partial class Net;");

        Assert.Equal(inputs.Split(' '), model.Nodes[2].Inputs);
    }

    private static void AssertReads(string attribute, string input, Layer expected) => Assert.Equal([expected], ParsedModel.Layers(attribute, input));
}
