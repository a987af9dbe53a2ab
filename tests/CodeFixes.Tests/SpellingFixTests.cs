namespace Unroll.CodeFixes.Tests;

/// <summary>Misspelt names in the arguments of a layer.</summary>
public class SpellingFixTests
{
    [Theory]
    [InlineData("CS0117", "[Network(2)] [Dense(1, Activation.Rleu)]", "[Network(2)] [Dense(1, Activation.Relu)]")]
    [InlineData("CS0117", "[Network(2)] [Dense(3, activation: Activation.softmax)]", "[Network(2)] [Dense(3, activation: Activation.Softmax)]")]
    [InlineData("CS0117", "[Network(2)] [Dense(1, KernelInitializer = Initializer.GlorotUnifrom)]", "[Network(2)] [Dense(1, KernelInitializer = Initializer.GlorotUniform)]")]
    [InlineData("CS0246", "[Network(2)] [Dense(1, KernalL2 = 0.1f)]", "[Network(2)] [Dense(1, KernelL2 = 0.1f)]")]
    [InlineData("CS0246", "[Network(2)] [Budget(MaxParameter = 10)] [Dense(1)]", "[Network(2)] [Budget(MaxParameters = 10)] [Dense(1)]")]
    public Task CorrectsTheNearestName(string id, string before, string after) =>
        Fixing.Gives(new SpellingFix(), id, before + " partial class Net;", after + " partial class Net;");

    [Theory]
    [InlineData("CS0117", "[Network(2)] [Dense(1, Activation.Elevator)]")]
    [InlineData("CS0117", "[Network(2)] [Dense(1, Activation.Xelu)]")]
    [InlineData("CS0246", "[Network(2)] [Dense(1, KernelL3 = 0.1f)]")]
    [InlineData("CS0117", "[System.Obsolete(System.StringComparer.Ordinals)]")]
    public Task OffersNothingWhereSeveralAreAsNear(string id, string attributes) =>
        Fixing.OffersNothing(new SpellingFix(), id, attributes + " partial class Net;");
}
