namespace Unroll.CodeFixes.Tests;

/// <summary>Arguments out of range that can have meant one value.</summary>
public class ArgumentFixTests
{
    private const string Towers = " [Block] [Dense(2)] class Tower; [Block] [Dense(2)] class Other;";

    [Theory]
    [InlineData("UNR0007", "[Network(2)] [Dropout(20)]", "[Network(2)] [Dropout(0.2f)]")]
    [InlineData("UNR0007", "[Network(2)] [Dropout(rate: -0.25f)]", "[Network(2)] [Dropout(rate: 0.25f)]")]
    [InlineData("UNR0015", "[Network(-2)] [Dense(1)]", "[Network(2)] [Dense(1)]")]
    [InlineData("UNR0015", "[Network(new[] { 3, -2 })] [Dense(1)]", "[Network(new[] { 3, 2 })] [Dense(1)]")]
    [InlineData("UNR0016", "[Network(2)] [Dense(-128, Activation.Relu)]", "[Network(2)] [Dense(128, Activation.Relu)]")]
    [InlineData("UNR0017", "[Network(2)] [Dense(1, KernelL2 = -1e-4f)]", "[Network(2)] [Dense(1, KernelL2 = 0.0001f)]")]
    [InlineData("UNR0019", "[Network(2)] [Dense(1, Name = \"first layer\")]", "[Network(2)] [Dense(1, Name = \"first_layer\")]")]
    [InlineData("UNR0034", "[Network(2)] [BatchNormalization(Momentum = 90)]", "[Network(2)] [BatchNormalization(Momentum = 0.9f)]")]
    [InlineData("UNR0034", "[Network(2)] [LeakyRelu(-0.3f)]", "[Network(2)] [LeakyRelu(0.3f)]")]
    [InlineData("UNR0035", "[Network(2)] [RepeatVector(-3)]", "[Network(2)] [RepeatVector(3)]")]
    [InlineData("UNR0048", "[Network(2)] [Budget(MaxBytes = -1000)] [Dense(1)]", "[Network(2)] [Budget(MaxBytes = 1000)] [Dense(1)]")]
    [InlineData("UNR0052", "[Network(2)] [Dense(1, Name = \"one\")] [Dense(1, From = \"onee\")]", "[Network(2)] [Dense(1, Name = \"one\")] [Dense(1, From = \"one\")]")]
    [InlineData("UNR0052", "[Network(2)] [Dense(2, Name = \"one\")] [Add(\"inptu\", \"one\")]", "[Network(2)] [Dense(2, Name = \"one\")] [Add(\"input\", \"one\")]")]
    public Task ReplacesTheArgument(string id, string before, string after) =>
        Fixing.Gives(new ArgumentFix(), id, before + " partial class Net;", after + " partial class Net;");

    [Fact]
    public Task ReplacesTheNameOfTheUseThatIsShared() => Fixing.Gives(
        new ArgumentFix(),
        "UNR0082",
        "[Network(2)] [Use<Other>(Name = \"towers\")] [Use<Tower>(Name = \"tower\")] [Use<Tower>(Shared = \"towres\")] partial class Net;" + Towers,
        "[Network(2)] [Use<Other>(Name = \"towers\")] [Use<Tower>(Name = \"tower\")] [Use<Tower>(Shared = \"tower\")] partial class Net;" + Towers);

    [Theory]
    [InlineData("[Use<Tower>(Name = \"tower\")] [Use<Tower>(Shared = \"elsewhere\")]")]
    [InlineData("[Use<Other>(Name = \"tower\")] [Use<Tower>(Shared = \"towre\")]")]
    [InlineData("[Use<Tower>(Repeat = 2)] [Use<Tower>(Shared = \"tower\")]")]
    public Task OffersNoUseThatIsNotTheOneMeant(string attributes) =>
        Fixing.OffersNothing(new ArgumentFix(), "UNR0082", $"[Network(2)] {attributes} partial class Net;{Towers}");

    [Theory]
    [InlineData("UNR0007", "[Network(2)] [Dropout(100)]")]
    [InlineData("UNR0007", "[Network(2)] [Dropout(float.NaN)]")]
    [InlineData("UNR0007", "[Network(2)] [Dropout(-2)]")]
    [InlineData("UNR0016", "[Network(2)] [Dense(0)]")]
    [InlineData("UNR0016", "[Network(2)] [Dense(int.MinValue)]")]
    [InlineData("UNR0019", "[Network(2)] [Dense(1, Name = \"?\")]")]
    [InlineData("UNR0034", "[Network(2)] [LayerNormalization(Epsilon = 0)]")]
    [InlineData("UNR0035", "[Network(2)] [RepeatVector(0)]")]
    [InlineData("UNR0052", "[Network(2)] [Dense(1, Name = \"one\")] [Dense(1, From = \"elsewhere\")]")]
    public Task OffersNothingWhereNoValueIsEvident(string id, string attributes) =>
        Fixing.OffersNothing(new ArgumentFix(), id, attributes + " partial class Net;");
}
