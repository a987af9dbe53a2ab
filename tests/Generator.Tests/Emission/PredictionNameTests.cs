namespace Unroll.Generator.Tests.Emission;

/// <summary>Inputs and outputs may be called whatever letters and digits make: their <c>Predict</c> compiles.</summary>
public sealed class PredictionNameTests
{
    [Theory]
    [InlineData("a", "b", "Predict", "c")]
    [InlineData("Predict", "b", "c", "d")]
    [InlineData("x", "y", "a", "Rest")]
    [InlineData("Rest", "Item2", "Rest", "ToString")]
    [InlineData("x", "y", "Equals", "GetHashCode")]
    [InlineData("x", "y", "CompareTo", "Deconstruct")]
    [InlineData("x", "y", "Item2", "Item1")]
    [InlineData("x", "y", "Item", "Item12")]
    [InlineData("1", "_1", "x", "_1_2")]
    [InlineData("__prediction", "y", "this", "float")]
    [InlineData("__prediction_2", "__prediction", "x", "y")]
    public void AnyNameCompiles(string first, string second, string left, string right)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.InShop(
            $"[Network] [Input(\"{first}\", 4)] [Input(\"{second}\", 4)] [Add(\"{first}\", \"{second}\")] [Output(\"{left}\")] [Dense(2)] [Output(\"{right}\")] public partial class Net;"));

        Assert.Empty(outcome.Reported);
        Assert.Empty(outcome.FromCompiler);
    }
}
