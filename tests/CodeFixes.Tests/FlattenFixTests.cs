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

    [Fact]
    public Task IsNotOfferedWhereTheDenseIsInABlock() => Fixing.OffersNothing(
        new FlattenFix(),
        "UNR0050",
        "[Network(4, 4)] [Use<Body>] [Activate(Activation.Softmax)] partial class Net; [Block] [Dense(3)] class Body;");
}
