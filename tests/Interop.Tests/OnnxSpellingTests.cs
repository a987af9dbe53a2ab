using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Unroll.Interop.OnnxFiles.Protobuf;
using Unroll.Tool;

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

    [Fact]
    public void ANumberForEachSampleMayHaveHadAxes()
    {
        var graph = new OnnxGraph(17, 1, 4);
        string dense = graph.Node("MatMul", ["x", graph.Numbers("w", 4, 1)]);
        graph.Node("Mul", [graph.Node("Squeeze", [dense, graph.Wholes("axes", 1, 2)]), graph.Floats("three", [], 3)], "y");
        Check(graph, "[Flatten]\n[Rescaling(3f)]");
    }

    [Fact]
    public void SlicesOfADenseLayerAreLayers()
    {
        var graph = new OnnxGraph(17, 4);
        string dense = graph.Node("Gemm", ["x", graph.Numbers("w", 4, 5), graph.Numbers("b", 5)]);
        string first = graph.Node("Slice", [dense, graph.Wholes("s0", 0), graph.Wholes("e0", 3), graph.Wholes("axis", 1)]);
        string second = graph.Node("Slice", [dense, graph.Wholes("s1", 2), graph.Wholes("e1", int.MaxValue), graph.Wholes("axis2", 1)]);
        graph.Node("Mul", [graph.Node("Tanh", [first]), graph.Node("Sigmoid", [second])], "y");
        Check(graph, "[Dense(3)]\n[Activate(Activation.Tanh)]");
    }

    /// <summary>Limits matter wherever they are, and digits do below them.</summary>
    [Theory]
    [InlineData(0f, 20f)]
    [InlineData(-20f, 20f)]
    [InlineData(-1f, null)]
    [InlineData(null, 0.25f)]
    [InlineData(0f, 1e4f)]
    [InlineData(-50f, 2f)]
    public void Limits(float? least, float? most)
    {
        var graph = new OnnxGraph(17, 9);
        string large = graph.Node("Concat", [graph.Node("Mul", ["x", graph.Floats("factor", [], 60)]), "x"], null, ("axis", 1));
        string clipped = graph.Node("Clip", [large, least is float low ? graph.Floats("least", [], low) : "", most is float high ? graph.Floats("most", [], high) : ""]);
        string bounded = most is float limit ? graph.Node("Min", [clipped, graph.Floats("limit", [], limit / 2)]) : clipped;
        graph.Node("Max", [graph.Floats("floor", [], -0.5f), bounded], "y");
        Check(graph, "[Rescaling(60f)]");
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

    /// <summary>Of an input, and of the states of two directions.</summary>
    [Fact]
    public void PartsOfWhatIsNoDenseLayerAreCutOut()
    {
        var graph = new OnnxGraph(17, 5, 4);
        graph.Node("Split", ["x", graph.Wholes("sizes", 1, 3)], "a,b", ("axis", 2));
        string steps = graph.Node("Transpose", [graph.Node("Tanh", ["b"])], null, ("perm", new[] { 1, 0, 2 }));
        graph.Node("GRU", [steps, graph.Numbers("w", 2, 6, 3), graph.Numbers("r", 2, 6, 2), graph.Numbers("g", 2, 12)], "all,last", ("hidden_size", 2), ("direction", "bidirectional"));
        string backwards = graph.Node("Gather", ["last", graph.Scalar("one", -1)], null, ("axis", 0));
        graph.Node("Mul", [backwards, graph.Floats("two", [], 2)], "y");
        Check(graph, "Cropping2D(");
    }

    [Fact]
    public void StepsAreTakenTogetherBeforeTheSamplesToo()
    {
        var graph = new OnnxGraph(17, 5, 3);
        string steps = graph.Node("Transpose", ["x"], null, ("perm", new[] { 1, 0, 2 }));
        graph.Node("GRU", [steps, graph.Numbers("w", 1, 12, 3), graph.Numbers("r", 1, 12, 4), graph.Numbers("g", 1, 24)], "all", ("hidden_size", 4));
        string each = graph.Node("Squeeze", ["all", graph.Wholes("one", 1)]);
        string mean = graph.Node("ReduceMean", [each], null, ("axes", new[] { 0 }), ("keepdims", 0));
        string most = graph.Node("Squeeze", [graph.Node("ReduceMax", [each], null, ("axes", new[] { 0 })), graph.Wholes("zero", 0)]);
        graph.Node("Concat", [mean, most], "y", ("axis", 1));
        Check(graph, "[GlobalAveragePooling1D");
    }

    /// <summary>As PyTorch writes what has no end, and an element taken as an axis more.</summary>
    [Fact]
    public void EndsBeyondAnyAxisAndPlacesOfSeveralAxes()
    {
        var graph = new OnnxGraph(9, 5, 4);
        string cut = graph.Node("Slice", ["x"], null, ("axes", new[] { 1 }), ("starts", new[] { 1 }), ("ends", new[] { long.MaxValue }));
        string taken = graph.Node("Gather", [cut, graph.Node("Unsqueeze", [graph.Wholes("last", -1)], null, ("axes", new[] { 0 }))], null, ("axis", 1));
        string units = graph.Node("MatMul", [graph.Node("Squeeze", [taken], null, ("axes", new[] { 1, 2 })), graph.Numbers("w", 4, 6)]);
        graph.Node("Slice", [units], "y", ("axes", new[] { 1 }), ("starts", new[] { 2 }), ("ends", new[] { long.MaxValue }));
        Check(graph, "[Dense(4, UseBias = false)]");
    }

    /// <summary>As PyTorch's exporter writes them.</summary>
    [Theory]
    [InlineData("hard", "[Activate(Activation.HardShrink, Lambda = 0.3f)]")]
    [InlineData("soft", "[Activate(Activation.SoftShrink, Lambda = 0.2f)]")]
    [InlineData("threshold", "[Activate(Activation.ThresholdedRelu, Theta = 0.1f)]")]
    public void FunctionsThatShrink(string kind, string layer)
    {
        var graph = new OnnxGraph(17, 9);
        string x = graph.Node("Mul", ["x", graph.Floats("scale", [9], 1, 2, 3, 0.5f, 1, 1, 1, 1, 1)]);
        string zero = graph.Floats("zero", [], 0);
        string Above(float limit) => graph.Node("Greater", [x, graph.Floats("above", [], limit)]);
        string Below(float limit) => graph.Node("Less", [x, graph.Floats("below", [], -limit)]);
        if (kind == "hard")
        {
            graph.Node("Where", [graph.Node("Or", [Above(0.3f), Below(0.3f)]), x, zero], "y");
        }
        else if (kind == "soft")
        {
            string lambda = graph.Floats("lambda", [], 0.2f);
            graph.Node("Add", [graph.Node("Where", [Above(0.2f), graph.Node("Sub", [x, lambda]), zero]), graph.Node("Where", [Below(0.2f), graph.Node("Add", [x, lambda]), zero])], "y");
        }
        else
        {
            graph.Node("Where", [Above(0.1f), x, zero], "y");
        }

        Check(graph, layer);
    }

    /// <summary>Of a number that is the threshold itself a file may want the number or 0.</summary>
    [Theory]
    [InlineData("Greater", "Theta = 0.5f")]
    [InlineData("GreaterOrEqual", "Theta = 0.49999997f")]
    public void TheThresholdItself(string comparison, string theta)
    {
        var graph = new OnnxGraph(17, 4);
        string x = graph.Node("Add", [graph.Node("Mul", ["x", graph.Floats("scale", [4], 0, 2, 0, 3)]), graph.Floats("offset", [4], 0.5f, 0, 0.25f, 0)]);
        graph.Node("Where", [graph.Node(comparison, [x, graph.Floats("threshold", [], 0.5f)]), x, graph.Floats("zero", [], 0)], "y");

        Check(graph, $"[Activate(Activation.ThresholdedRelu, {theta})]");
    }

    /// <summary>As networks that compare two things are built.</summary>
    [Theory]
    [InlineData("Abs", "[Maximum(")]
    [InlineData("Pow", "[Multiply(")]
    [InlineData("Mul", "[Multiply(")]
    public void DistancesOfTwoValues(string operation, string layer)
    {
        var graph = new OnnxGraph(17, 4);
        string difference = graph.Node("Sub", [graph.Node("MatMul", ["x", graph.Numbers("w", 4, 5)]), graph.Node("MatMul", ["x", graph.Numbers("u", 4, 5)])]);
        string[] inputs = operation switch { "Pow" => [difference, graph.Floats("two", [], 2)], "Mul" => [difference, difference], _ => [difference] };
        graph.Node("MatMul", [graph.Node(operation, inputs), graph.Numbers("v", 5, 2)], "y");
        Check(graph, layer);
    }

    /// <summary>Of features, channels, or all there is.</summary>
    [Theory]
    [InlineData("ReduceMean", new[] { 1 }, true)]
    [InlineData("ReduceMax", new[] { 1 }, false)]
    [InlineData("ReduceSum", new[] { -3, 3 }, true)]
    [InlineData("ReduceMean", new[] { 1, 2, 3 }, true)]
    [InlineData("ReduceMax", new[] { 1, 2, 3 }, false)]
    [InlineData("ReduceSum", new[] { 2 }, false)]
    public void MeansSumsAndMaximaOverAnyAxes(string operation, int[] axes, bool keeps)
    {
        var graph = new OnnxGraph(17, 3, 4, 5);
        string seen = graph.Node("Conv", ["x", graph.Numbers("w", 6, 3, 1, 1)]);
        (string Name, object Value) kept = ("keepdims", keeps ? 1 : 0);
        string reduced = operation == "ReduceSum" ? graph.Node(operation, [seen, graph.Wholes("axes", [.. axes.Select(static axis => (long)axis)])], null, kept) : graph.Node(operation, [seen], null, ("axes", axes), kept);
        string y = keeps ? graph.Node("Sub", [seen, reduced]) : graph.Node("Mul", [reduced, graph.Floats("half", [], 0.5f)]);
        graph.Node("Tanh", [y], "y");
        Check(graph, operation == "ReduceMax" ? "[GlobalMaxPooling" : "[GlobalAveragePooling");
    }

    /// <summary>A row and a column for each sample, and products with both.</summary>
    [Fact]
    public void ValuesWithDifferentAxesOfOne()
    {
        var graph = new OnnxGraph(17, 4);
        string column = graph.Node("Unsqueeze", [graph.Node("MatMul", ["x", graph.Numbers("w", 4, 3)]), graph.Wholes("two", 2)]);
        string row = graph.Node("Unsqueeze", [graph.Node("MatMul", ["x", graph.Numbers("u", 4, 5)]), graph.Wholes("one", 1)]);
        graph.Node("MatMul", [graph.Node("Flatten", [graph.Node("Mul", [column, row])]), graph.Numbers("v", 15, 2)], "y");
        Check(graph, "[Multiply(");
    }

    [Theory]
    [InlineData(new[] { 1 }, 0)]
    [InlineData(new[] { 1, 2 }, 1)]
    [InlineData(new[] { 1, 2 }, 0)]
    public void SumsAndTheLeast(int[] axes, int keeps)
    {
        var graph = new OnnxGraph(17, 5, 4);
        string dense = graph.Node("MatMul", ["x", graph.Numbers("w", 4, 3)]);
        string sum = graph.Node("ReduceSum", [dense, graph.Wholes("axes", [.. axes.Select(static axis => (long)axis)])], null, ("keepdims", keeps));
        string least = graph.Node("ReduceMin", [dense], null, ("axes", axes), ("keepdims", keeps));
        graph.Node("Sub", [sum, least], "y");
        Check(graph, "[GlobalMaxPooling1D");
    }

    /// <summary>The advantages of actions, less their mean.</summary>
    [Fact]
    public void AMeanOverFeatures()
    {
        var graph = new OnnxGraph(17, 4);
        string dense = graph.Node("MatMul", ["x", graph.Numbers("w", 4, 5)]);
        graph.Node("Sub", [dense, graph.Node("ReduceMean", [dense], null, ("axes", new[] { 1 }), ("keepdims", 1))], "y");
        Check(graph, "[Reshape(5, 1)]\n[GlobalAveragePooling1D]\n[Subtract(");
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

    /// <summary>Samples that become something else than samples, and constants with axes before them.</summary>
    [Theory]
    [InlineData("mixes")]
    [InlineData("turns")]
    [InlineData("rank")]
    [InlineData("size")]
    public void WhatMixesSamplesOrAxesIsRefused(string kind)
    {
        var graph = new OnnxGraph(18, 6, 4);
        string y = kind switch
        {
            "mixes" => graph.Node("Reshape", [graph.Node("Transpose", [graph.Node("Reshape", ["x", graph.Wholes("one", 6, -1, 4)])], null, ("perm", new[] { 1, 0, 2 })), graph.Wholes("two", -1, 24)]),
            "turns" => graph.Node("Reshape", [graph.Node("Transpose", ["x"], null, ("perm", new[] { 1, 0, 2 })), graph.Wholes("one", -1, 6, 4)]),
            "rank" => graph.Node("Softmax", [graph.Node("Mul", ["x", graph.Floats("two", [1, 1, 1, 1], 2)])], null, ("axis", 1)),
            "size" => graph.Node("Resize", ["x", "", "", graph.Wholes("one", 1, 6, 8)], null, ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"), ("keep_aspect_ratio_policy", "not_larger")),
            _ => throw new ArgumentException(kind),
        };
        graph.Node("Relu", [y], "y");

        Assert.Throws<ImportException>(() => Onnx.Import(Write(graph)));
    }

    /// <summary>Which are all there, yet one of them twice as large, or in another order.</summary>
    [Fact]
    public void PartsComeTogetherOtherwise()
    {
        var graph = new OnnxGraph(17, 5, 6);
        graph.Node("Split", [graph.Node("MatMul", ["x", graph.Numbers("w", 6, 6)]), graph.Wholes("sizes", 3, 3)], "a,b", ("axis", 2));
        string query = graph.Node("Mul", ["a", graph.Floats("two", [], 2)]);
        graph.Node("MatMul", [query, graph.Node("Transpose", ["b"], null, ("perm", new[] { 0, 2, 1 }))]);
        string scaled = graph.Node("Concat", [query, "b"], null, ("axis", 2));
        graph.Node("Concat", [graph.Node("Concat", ["b", "a"], null, ("axis", 2)), scaled, graph.Node("Concat", ["a", "a"], null, ("axis", -1))], "y", ("axis", 2));
        Check(graph, "[Concatenate(");
    }

    [Fact]
    public void SomeFeaturesAreTaken()
    {
        var graph = new OnnxGraph(17, 6);
        string some = graph.Node("Slice", ["x", graph.Wholes("from", 1), graph.Wholes("to", -2), graph.Wholes("axis", 1)]);
        string one = graph.Node("Gather", ["x", graph.Wholes("last", -1)], null, ("axis", 1));
        graph.Node("Mul", [some, one], "y");
        Check(graph, "[Cropping2D([0, 0, 1, 2])]");
    }

    /// <summary>A loop is the cell that it computes, and one that computes something else is none.</summary>
    [Theory]
    [InlineData("gru/sub/x", 2f, "what it repeats is no cell of LSTM, GRU or SimpleRNN")]
    [InlineData("gru/most", 3f, "it does not end with the last of 5 steps")]
    [InlineData("gru/Max", 4f, "it does not end with the last of 5 steps")]
    public void LoopsOfSomethingElseAreRefused(string constant, float value, string why)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "onnx", "loops.onnx")));
        GraphProto body = model.Graph.Node.First(static node => node.OpType == "Loop").Attribute.Single().G;
        TensorProto changed = model.Graph.Initializer.Concat(body.Initializer).Single(tensor => tensor.Name == constant);
        changed.RawData = ByteString.CopyFrom(changed.DataType == 1 ? BitConverter.GetBytes(value) : BitConverter.GetBytes((long)value));
        string path = Path.Combine(_folder.FullName, "changed.onnx");
        File.WriteAllBytes(path, model.ToByteArray());

        ImportException exception = Assert.Throws<ImportException>(() => Onnx.Import(path));

        Assert.Contains(why, Assert.Single(exception.Problems).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void OnnxRuntimeRunsTheLoopsToo()
    {
        string PathOf(string ending) => Path.Combine(AppContext.BaseDirectory, "golden", "onnx", "loops" + ending);
        NpyFile x = NpyFile.Read(PathOf(".x0.npy"));
        using var session = new InferenceSession(PathOf(".onnx"));
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([NamedOnnxValue.CreateFromTensor("x0", new DenseTensor<float>(x.Values, [.. x.Shape]))]);

        float[] expected = NpyFile.Read(PathOf(".y0.npy")).Values;
        Assert.All(results.Single().AsTensor<float>().ToArray().Zip(expected), static pair => Assert.InRange(pair.First - pair.Second, -1e-6f, 1e-6f));
    }

    [Fact]
    public void LoopsAndBranchesAreNamedAtOnce()
    {
        var graph = new OnnxGraph(17, 4);
        graph.Node("Scan", ["x"], "a");
        graph.Node("Loop", ["x"], "b");
        graph.Node("If", ["x"], "c");
        graph.Node("Sum", ["a", "b", "c"], "y");

        ImportException exception = Assert.Throws<ImportException>(() => Onnx.Import(Write(graph)));

        Assert.Equal(["Scan", "Loop", "If"], exception.Problems.Select(static problem => problem.Layer));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Check(OnnxGraph graph, string layers) => graph.AssertReadsAs(_folder, layers);

    private string Write(OnnxGraph graph)
    {
        string path = Path.Combine(_folder.FullName, "model.onnx");
        graph.Write(path);
        return path;
    }
}
