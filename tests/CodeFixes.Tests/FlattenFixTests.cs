namespace Unroll.CodeFixes.Tests;

/// <summary>UNR0040, UNR0050.</summary>
public class FlattenFixTests
{
    [Fact]
    public Task StandsBeforeTheFirstDense() => Fixing.Gives(
        new FlattenFix(),
        "UNR0050",
        """
        namespace Shop
        {
            // Which digit it is.
            [Network(28, 28)]
            [Rescaling(0.1f)]
            // The only hidden layer.
            [Dense(128, Activation.Relu)]
            [Dense(10, Activation.Softmax)]
            public partial class Net;
        }
        """,
        """
        namespace Shop
        {
            // Which digit it is.
            [Network(28, 28)]
            [Rescaling(0.1f)]
            // The only hidden layer.
            [Flatten]
            [Dense(128, Activation.Relu)]
            [Dense(10, Activation.Softmax)]
            public partial class Net;
        }
        """);

    [Theory]
    [InlineData("[Network(4, 2)] [RepeatVector(3)] partial class Net;", "[Network(4, 2)][Flatten][RepeatVector(3)] partial class Net;")]
    [InlineData("[Network(4, 2), Dense(3), RepeatVector(3)] partial class Net;", "[Network(4, 2), Dense(3), Flatten, RepeatVector(3)] partial class Net;")]
    public Task StandsBeforeWhatTakesVectorsOnly(string before, string after) => Fixing.Gives(new FlattenFix(), "UNR0040", before, after);

    /// <summary>What the layer read goes into the Flatten, and the layer reads that.</summary>
    [Theory]
    [InlineData(
        "[Network] [Input(\"a\", 4, 2)] [Input(\"b\", 3)] [RepeatVector(3, From = \"a\")] [Flatten] [Concatenate(\"\", \"b\")] partial class Net;",
        "[Network] [Input(\"a\", 4, 2)] [Input(\"b\", 3)][Flatten(From = \"a\")][RepeatVector(3)] [Flatten] [Concatenate(\"\", \"b\")] partial class Net;")]
    [InlineData(
        "[Network(4, 2), Dense(3, Name = \"a\"), Flatten(Name = \"b\"), RepeatVector(3, From = \"a\", Name = \"c\"), Flatten, Concatenate(\"\", \"b\")] partial class Net;",
        "[Network(4, 2), Dense(3, Name = \"a\"), Flatten(Name = \"b\"), Flatten(From = \"a\"), RepeatVector(3, Name = \"c\"), Flatten, Concatenate(\"\", \"b\")] partial class Net;")]
    public Task ReadsWhatTheLayerRead(string before, string after) => Fixing.Gives(new FlattenFix(), "UNR0040", before, after);

    [Fact]
    public Task ReadsWhatTheFirstDenseRead() => Fixing.Gives(
        new FlattenFix(),
        "UNR0050",
        "[Network] [Input(\"a\", 4, 2)] [Input(\"b\", 3)] [Dense(3, Activation.Softmax, From = \"a\")] [Output(\"x\")] [Dense(1, From = \"b\")] [Output(\"y\")] partial class Net;",
        "[Network] [Input(\"a\", 4, 2)] [Input(\"b\", 3)][Flatten(From = \"a\")][Dense(3, Activation.Softmax)] [Output(\"x\")] [Dense(1, From = \"b\")] [Output(\"y\")] partial class Net;");

    /// <summary>Not before one that leads elsewhere, or that reads a vector.</summary>
    [Theory]
    [InlineData(
        "[Network] [Input(\"b\", 3)] [Dense(1)] [Output(\"y\")] [Input(\"a\", 4, 2)] [Dense(5)] [Dense(3, Activation.Softmax)] [Output(\"x\")] partial class Net;",
        "[Network] [Input(\"b\", 3)] [Dense(1)] [Output(\"y\")] [Input(\"a\", 4, 2)][Flatten][Dense(5)] [Dense(3, Activation.Softmax)] [Output(\"x\")] partial class Net;")]
    [InlineData(
        "[Network(4, 2)] [Dense(1)] [Output(\"y\")] [Dense(3, Activation.Softmax, From = \"input\")] [Output(\"x\")] partial class Net;",
        "[Network(4, 2)] [Dense(1)] [Output(\"y\")][Flatten(From = \"input\")][Dense(3, Activation.Softmax)] [Output(\"x\")] partial class Net;")]
    [InlineData(
        "[Network] [Input(\"a\", 4, 2)] [Input(\"b\", 3)] [Dense(3, Name = \"told\")] [Dense(3, From = \"a\")] [Add(\"\", \"told\")] [Activate(Activation.Softmax)] partial class Net;",
        "[Network] [Input(\"a\", 4, 2)] [Input(\"b\", 3)] [Dense(3, Name = \"told\")][Flatten(From = \"a\")][Dense(3)] [Add(\"\", \"told\")] [Activate(Activation.Softmax)] partial class Net;")]
    [InlineData(
        "[Network(4, 2)] [Use<Body>] [Dense(3)] [Activate(Activation.Softmax)] partial class Net; [Block] [Dense(3)] class Body;",
        "[Network(4, 2)] [Use<Body>][Flatten][Dense(3)] [Activate(Activation.Softmax)] partial class Net; [Block] [Dense(3)] class Body;")]
    public Task StandsBeforeTheFirstDenseOfTheSoftmax(string before, string after) => Fixing.Gives(new FlattenFix(), "UNR0050", before, after);

    [Fact]
    public Task IsNotOfferedWhereNoDenseLeadsToTheSoftmax() => Fixing.OffersNothing(
        new FlattenFix(),
        "UNR0050",
        "[Network(4, 4)] [Dense(3)] [Output(\"y\")] [Conv1D(3, 2, From = \"input\")] [Activate(Activation.Softmax)] [Output(\"x\")] partial class Net;");

    [Fact]
    public Task IsNotOfferedWhereTheDenseIsInABlock() => Fixing.OffersNothing(
        new FlattenFix(),
        "UNR0050",
        "[Network(4, 4)] [Use<Body>] [Activate(Activation.Softmax)] partial class Net; [Block] [Dense(3)] class Body;");
}
