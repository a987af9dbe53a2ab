namespace Unroll.Interop.Tests;

/// <summary>What exporters write for a layer, node by node as their sources have it, becomes that layer and predicts what ONNX Runtime predicts.</summary>
public sealed class OnnxSpellingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onnx");

    /// <summary>Keras's of TensorFlow and JAX: x·inv + (−mean·inv + β), inv = γ/√(variance + ε).</summary>
    [Fact]
    public void KerasLayerNormalization()
    {
        var graph = new OnnxGraph(17, 4, 6);
        string mean = graph.Node("ReduceMean", ["x"], null, ("axes", new[] { 2 }));
        string difference = graph.Node("Sub", ["x", mean]);
        string square = graph.Node("Mul", [difference, difference]);
        string variance = graph.Node("ReduceMean", [square], null, ("axes", new[] { -1 }));
        string root = graph.Node("Sqrt", [graph.Node("Add", [variance, graph.Floats("epsilon", [], 1e-3f)])]);
        string inverse = graph.Node("Mul", [graph.Node("Reciprocal", [root]), graph.Numbers("gamma", 6)]);
        string rest = graph.Node("Add", [graph.Node("Mul", [graph.Node("Neg", [mean]), inverse]), graph.Numbers("beta", 6)]);
        graph.Node("Add", [graph.Node("Mul", ["x", inverse]), rest], "y");
        Check(graph, "[LayerNormalization]");
    }

    /// <summary>With the mean of the squares less the square of the mean.</summary>
    [Fact]
    public void LayerNormalizationByMoments()
    {
        var graph = new OnnxGraph(18, 5);
        string mean = graph.Node("ReduceMean", ["x", graph.Wholes("axes", -1)]);
        string squares = graph.Node("ReduceMean", [graph.Node("Mul", ["x", "x"]), "axes"]);
        string variance = graph.Node("Sub", [squares, graph.Node("Mul", [mean, mean])]);
        string root = graph.Node("Sqrt", [graph.Node("Add", [variance, graph.Floats("epsilon", [1], 1e-5f)])]);
        graph.Node("Div", [graph.Node("Sub", ["x", mean]), root], "y");
        Check(graph, "[LayerNormalization(Epsilon = 1E-05f, Center = false, Scale = false)]");
    }

    [Fact]
    public void RootMeanSquareAsAnOperatorAndAsNodes()
    {
        var graph = new OnnxGraph(23, 3, 6);
        string first = graph.Node("RMSNormalization", ["x", graph.Numbers("scale", 6)], null, ("epsilon", 1e-4f));
        string square = graph.Node("Pow", [first, graph.Floats("two", [], 2)]);
        string mean = graph.Node("ReduceMean", [square, graph.Wholes("axes", -1)]);
        string root = graph.Node("Sqrt", [graph.Node("Add", [graph.Floats("epsilon", [], 1e-6f), mean])]);
        graph.Node("Mul", [graph.Numbers("weight", 6), graph.Node("Div", [first, root])], "y");
        Check(graph, "[RMSNormalization(Epsilon = 0.0001f)]\n[RMSNormalization]");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void AttentionAsAnOperator(bool splitsHeads, bool isCausal)
    {
        var graph = new OnnxGraph(23, 5, 4);
        string[] parts = [.. new[] { "q", "k", "v" }.Select(part => graph.Node("Add", [graph.Node("MatMul", ["x", graph.Numbers(part, 4, 6)]), graph.Numbers($"{part}b", 6)]))];
        string mixed;
        if (splitsHeads)
        {
            graph.Wholes("apart", 0, 5, 2, 3);
            string[] heads = [.. parts.Select(part => graph.Node("Transpose", [graph.Node("Reshape", [part, "apart"])], null, ("perm", new[] { 0, 2, 1, 3 })))];
            string attended = graph.Node("Attention", heads, null, ("is_causal", isCausal ? 1 : 0), ("scale", 0.4f));
            mixed = graph.Node("Reshape", [graph.Node("Transpose", [attended], null, ("perm", new[] { 0, 2, 1, 3 })), graph.Wholes("joined", 0, 5, 6)]);
        }
        else
        {
            mixed = graph.Node("Attention", parts, null, ("is_causal", isCausal ? 1 : 0), ("q_num_heads", 2), ("kv_num_heads", 2));
        }

        graph.Node("MatMul", [mixed, graph.Numbers("o", 6, 4)], "y");
        Check(graph, isCausal ? "[MultiHeadAttention(2, 3, Causal = true)]" : "[MultiHeadAttention(2, 3)]");
    }

    /// <summary>Keras's: dense layers onto heads, two products and a dense layer back, each a sum of products.</summary>
    [Fact]
    public void KerasAttention()
    {
        var graph = new OnnxGraph(17, 5, 4);
        string[] parts = [.. new[] { "q", "k", "v" }.Select(part => graph.Node(
            "Add", [graph.Node("Einsum", ["x", graph.Numbers(part, 4, 2, 3)], null, ("equation", "abc,cde->abde")), graph.Numbers($"{part}b", 2, 3)]))];
        string query = graph.Node("Mul", [parts[0], graph.Floats("scale", [], 1 / MathF.Sqrt(3))]);
        string scores = graph.Node("Einsum", [parts[1], query], null, ("equation", "aecd,abcd->acbe"));
        string shares = graph.Node("Softmax", [scores], null, ("axis", -1));
        string mixed = graph.Node("Einsum", [shares, parts[2]], null, ("equation", "acbe,aecd->abcd"));
        graph.Node("Add", [graph.Node("Einsum", [mixed, graph.Numbers("o", 2, 3, 4)], null, ("equation", "abcd,cde->abe")), graph.Numbers("ob", 4)], "y");
        Check(graph, "[MultiHeadAttention(2, 3)]");
    }

    /// <summary>A mask of comparisons, and shares of nothing as zeros.</summary>
    [Fact]
    public void AMaskThatTheGraphComputesOutOfConstants()
    {
        var graph = new OnnxGraph(17, 4, 3);
        string[] parts = [.. new[] { "q", "k", "v" }.Select(part => graph.Node("MatMul", ["x", graph.Numbers(part, 3, 2)]))];
        string scores = graph.Node("MatMul", [parts[0], graph.Node("Transpose", [parts[1]], null, ("perm", new[] { 0, 2, 1 }))]);
        string steps = graph.Node("Range", [graph.Node("Squeeze", [graph.Wholes("zero", 0)]), graph.Node("Squeeze", [graph.Wholes("four", 4)]), graph.Node("Squeeze", [graph.Wholes("one", 1)])]);
        string later = graph.Node("Less", [graph.Node("Unsqueeze", [steps, "one"]), graph.Node("Unsqueeze", [steps, "zero"])]);
        string masked = graph.Node("Where", [later, graph.Floats("none", [], float.NegativeInfinity), scores]);
        string shares = graph.Node("Softmax", [masked], null, ("axis", -1));
        string safe = graph.Node("Where", [graph.Node("IsNaN", [shares]), graph.Floats("nothing", [], 0), shares]);
        graph.Node("MatMul", [graph.Node("MatMul", [safe, parts[2]]), graph.Numbers("o", 2, 3)], "y");
        Check(graph, "[MultiHeadAttention(1, 2, Causal = true, UseBias = false)]");
    }

    /// <summary>A dense layer over the steps as TensorFlow writes it, and recurrences between transposes and squeezes.</summary>
    [Fact]
    public void TensorFlowSequences()
    {
        var graph = new OnnxGraph(15, 5, 3);
        string rows = graph.Node("MatMul", [graph.Node("Reshape", ["x", graph.Wholes("flat", -1, 3)]), graph.Numbers("kernel", 3, 4)]);
        string dense = graph.Node("Add", [graph.Node("Reshape", [rows, graph.Wholes("apart", -1, 5, 4)]), graph.Numbers("bias", 4)]);
        string steps = graph.Node("Transpose", [dense], null, ("perm", new[] { 1, 0, 2 }));
        string all = graph.Node("LSTM", [steps, graph.Numbers("w", 1, 12, 4), graph.Numbers("r", 1, 12, 3), graph.Numbers("b", 1, 24)], "all", ("hidden_size", 3), ("direction", "forward"));
        string turned = graph.Node("Transpose", [graph.Node("Squeeze", [all, graph.Wholes("one", 1)])], null, ("perm", new[] { 1, 0, 2 }));
        string again = graph.Node("Transpose", [turned], null, ("perm", new[] { 1, 0, 2 }));
        graph.Node("GRU", [again, graph.Numbers("gw", 1, 6, 3), graph.Numbers("gr", 1, 6, 2), graph.Numbers("gb", 1, 12)], "steps,last", ("hidden_size", 2), ("linear_before_reset", 1));
        graph.Node("Squeeze", ["last", graph.Wholes("first", 0)], "y");
        Check(graph, "[LSTM(3, ReturnSequences = true)]\n[GRU(2)]");
    }

    [Theory]
    [InlineData("DepthToSpace", "DCR")]
    [InlineData("DepthToSpace", "CRD")]
    [InlineData("SpaceToDepth", null)]
    public void SquaresOfPixelsBecomeChannelsAndBack(string operation, string? mode)
    {
        var graph = new OnnxGraph(17, 8, 4, 6);
        string seen = graph.Node("Conv", ["x", graph.Numbers("w", 8, 8, 1, 1)]);
        string moved = mode is null ? graph.Node(operation, [seen], null, ("blocksize", 2)) : graph.Node(operation, [seen], null, ("blocksize", 2), ("mode", mode));
        graph.Node("Relu", [moved], "y");
        Check(graph, "[Permute(");
    }

    /// <summary>PyTorch's F.normalize.</summary>
    [Fact]
    public void AValueDividedByItsLengthIsUnitNormalization()
    {
        var graph = new OnnxGraph(17, 4);
        string dense = graph.Node("MatMul", ["x", graph.Numbers("w", 4, 5)]);
        string length = graph.Node("Clip", [graph.Node("ReduceL2", [dense], null, ("axes", new[] { 1 }), ("keepdims", 1)), graph.Floats("least", [], 1e-12f)]);
        graph.Node("Div", [dense, graph.Node("Expand", [length, graph.Node("Shape", [dense])])], "y");
        Check(graph, "[Dense(5, UseBias = false)]\n[UnitNormalization]");
    }

    /// <summary>One number for each sample, without an axis.</summary>
    [Fact]
    public void ASumOfProductsIsDot()
    {
        var graph = new OnnxGraph(17, 4);
        string left = graph.Node("MatMul", ["x", graph.Numbers("w", 4, 5)]);
        string right = graph.Node("MatMul", ["x", graph.Numbers("u", 4, 5)]);
        graph.Node("Sigmoid", [graph.Node("ReduceSum", [graph.Node("Mul", [left, right]), graph.Wholes("last", -1)], null, ("keepdims", 0))], "y");
        Check(graph, "[Dot(");
    }

    /// <summary>The token of a class before those of an image.</summary>
    [Fact]
    public void ConstantStepsAreAddedToASequence()
    {
        var graph = new OnnxGraph(17, 5, 4);
        string samples = graph.Node("Slice", [graph.Node("Shape", ["x"]), graph.Wholes("zero", 0), graph.Wholes("one", 1)]);
        string token = graph.Node("Expand", [graph.Numbers("token", 1, 1, 4), graph.Node("Concat", [samples, graph.Wholes("ones", 1, 1)], null, ("axis", 0))]);
        string all = graph.Node("Add", [graph.Node("Concat", [token, "x"], null, ("axis", 1)), graph.Numbers("places", 1, 6, 4)]);
        graph.Node("MatMul", [all, graph.Numbers("w", 4, 3)], "y");
        Check(graph, "[ZeroPadding1D(1, 0)]\n[PositionEmbedding]");
    }

    [Fact]
    public void StepsAreSummedWithWeightsOfTheirOwn()
    {
        var graph = new OnnxGraph(17, 5, 4);
        string weights = graph.Node("Softmax", [graph.Node("MatMul", ["x", graph.Numbers("w", 4, 1)])], null, ("axis", 1));
        string sum = graph.Node("ReduceSum", [graph.Node("Mul", [weights, "x"]), graph.Wholes("steps", 1)], null, ("keepdims", 0));
        graph.Node("Squeeze", [graph.Node("MatMul", [sum, graph.Numbers("u", 4, 1)]), graph.Wholes("last", -1)], "y");
        Check(graph, "[GlobalAveragePooling1D]\n[Rescaling(5f)]");
    }

    /// <summary>Of an unbiased deviation, and one number for all.</summary>
    [Fact]
    public void ALayerNormalizationMayHaveOneScale()
    {
        var graph = new OnnxGraph(17, 5, 8);
        string mean = graph.Node("ReduceMean", ["x"], null, ("axes", new[] { -1 }));
        string difference = graph.Node("Sub", ["x", mean]);
        string variance = graph.Node("ReduceMean", [graph.Node("Mul", [difference, difference])], null, ("axes", new[] { -1 }));
        string unbiased = graph.Node("Mul", [variance, graph.Floats("bessel", [], 8f / 7)]);
        string normal = graph.Node("Div", [difference, graph.Node("Sqrt", [graph.Node("Add", [unbiased, graph.Floats("epsilon", [], 1e-5f)])])]);
        graph.Node("Add", [normal, graph.Floats("offset", [], 0.5f)], "y");
        Check(graph, "[LayerNormalization(Epsilon = ");
    }

    /// <summary>Steps of a recurrence weighed by a softmax over them, and attention without dense layers.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ProductsOfTwoMatricesAreDot(bool isPooling)
    {
        var graph = new OnnxGraph(17, 5, 3);
        string steps = graph.Node("Transpose", ["x"], null, ("perm", new[] { 1, 0, 2 }));
        graph.Node("GRU", [steps, graph.Numbers("w", 1, 12, 3), graph.Numbers("r", 1, 12, 4)], "all", ("hidden_size", 4));
        string each = graph.Node("Transpose", [graph.Node("Squeeze", ["all", graph.Wholes("one", 1)])], null, ("perm", new[] { 1, 0, 2 }));
        string scores = isPooling
            ? graph.Node("Unsqueeze", [graph.Node("Squeeze", [graph.Node("MatMul", [each, graph.Numbers("a", 4, 1)]), graph.Wholes("two", 2)]), "one"])
            : graph.Node("Div", [graph.Node("MatMul", [each, graph.Node("Transpose", [each], null, ("perm", new[] { 0, 2, 1 }))]), graph.Floats("scale", [], 2)]);
        string mixed = graph.Node("MatMul", [graph.Node("Softmax", [scores], null, ("axis", -1)), each]);
        graph.Node("Tanh", [isPooling ? graph.Node("Squeeze", [mixed, "one"]) : mixed], "y");
        Check(graph, "[Dot(");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Check(OnnxGraph graph, string layers) => graph.AssertReadsAs(_folder, layers);
}
