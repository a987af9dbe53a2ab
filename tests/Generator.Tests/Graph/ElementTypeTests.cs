using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Lowering;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Graph;

/// <summary>Which values are whole numbers: the ids that embeddings read, and the same elsewhere.</summary>
public sealed class ElementTypeTests
{
    [Theory]
    [InlineData("[Network(6)] [Embedding(9, 4)] [Flatten] [Dense(2)] public partial class Net;", "input ")]
    [InlineData("[Network(6)] [Reshape(2, 3)] [Embedding(9, 4)] [Flatten] [Dense(2)] public partial class Net;", "input ", "reshape1 Forward")]
    [InlineData("[Network(6, 4)] [TimeDistributed<Body>] public partial class Net; [Block] [Embedding(9, 4)] [Flatten] class Body;", "input ", "body1/input Forward")]
    [InlineData("[Network(5)] [Embedding(9, 4, MaskZero = true)] [LSTM(3)] public partial class Net;", "input ")]
    [InlineData("[Network] [Input(\"x\", 3)] [Input(\"ids\", 3)] [Embedding(9, 4)] [Flatten] [Concatenate(\"\", \"x\")] public partial class Net;", "ids ")]
    [InlineData("[Network(6)] [Dense(2)] public partial class Net;")]
    public void IdsAreWholeNumbersUntilAnEmbeddingReadsThem(string network, params string[] expected) => Assert.Equal(expected, WholeNumbers(Lower(network)));

    /// <summary>A layer may read ids as the numbers that they are stored as. What is computed from them are floats.</summary>
    [Theory]
    [InlineData("[Dense(3, From = \"input\")]")]
    [InlineData("[Rescaling(0.1f, From = \"input\")] [Dense(3)]")]
    [InlineData("[Concatenate(\"input\", \"e\")] [Dense(3)]")]
    [InlineData("[Permute(1, From = \"input\")] [Dense(3)]")]
    [InlineData("[Reshape(6, From = \"input\", Name = \"r\")] [Dense(3)]", "r Forward")]
    public void OthersMayReadThemAsNumbers(string reader, params string[] elsewhere) => Assert.Equal(
        elsewhere.Prepend("input "),
        WholeNumbers(Lower($"[Network(6)] [Embedding(9, 4)] [Flatten] [Dense(3, Name = \"e\")] {reader} [Add(\"\", \"e\")] public partial class Net;")));

    /// <summary>Noise makes floats of them; where a pass leaves it out, what reads it reads whole numbers again.</summary>
    [Fact]
    public void WithoutNoiseTheyAreWhatTheyWere()
    {
        OpGraph forward = Lower(
            "[Network(6)] [Embedding(9, 4)] [Flatten] [Dense(3, Name = \"e\")] [Dropout(0.5f, From = \"input\")] [Reshape(2, 3, Name = \"r\")] [Flatten] [Dense(3)] [Add(\"\", \"e\")] public partial class Net;");

        Assert.Equal(["input "], WholeNumbers(forward));
        Assert.Contains("r Forward", WholeNumbers(PassList.ForInference(forward)));
    }

    [Fact]
    public void TheTextOfAGraphNamesThem() => Assert.StartsWith(
        """
        %0 = Input() : 2 × 3 whole numbers a sample ; input
        %1 = Parameter() : 9 × 4 a step ; embedding1 embeddings
        %2 = Reshape(%0) : 6 whole numbers a sample ; flatten1 Forward
        %3 = Gather(%2, %1) : 6 × 4 a sample ; embedding1 Forward
        """,
        GraphText.Of(Lower("[Network(2, 3)] [Flatten] [Embedding(9, 4)] public partial class Net;")),
        StringComparison.Ordinal);

    [Fact]
    public void TheWayBackEndsAtThem()
    {
        OpGraph training = GradientBuilder.AddBackward(Lower(
            "[Network(2, 3)] [Flatten(Name = \"ids\")] [Embedding(9, 4)] [Flatten] [Dense(2, Name = \"e\")] [Dense(2, From = \"ids\")] [Add(\"\", \"e\")] public partial class Net;"));

        Assert.DoesNotContain(training.Ops, static op => op.Label == new OpLabel("ids", "Gradient"));
        Assert.Contains(training.Ops, static op => op.Label == new OpLabel("flatten2", "Gradient"));
    }

    private static OpGraph Lower(string network) => GraphBuilder.Lower(ShapeInference.Run(ParsedModel.Of(network)).Network!);

    private static IEnumerable<string> WholeNumbers(OpGraph graph) =>
        graph.Ops.Where(static op => op.Element == ElementType.WholeNumber).Select(static op => $"{op.Label.Layer} {op.Label.Role}");
}
