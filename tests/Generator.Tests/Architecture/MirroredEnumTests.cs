namespace Unroll.Generator.Tests.Architecture;

/// <summary>The generator cannot reference the runtime, so it has its own copy of the enums that attributes carry as numbers.</summary>
public sealed class MirroredEnumTests
{
    [Fact]
    public void ActivationsAgree() => AssertAgree<Unroll.Activation, Unroll.Generator.Model.Activation>();

    [Fact]
    public void InitializersAgree() => AssertAgree<Unroll.Initializer, Unroll.Generator.Model.Initializer>();

    [Fact]
    public void FanModesAgree() => AssertAgree<Unroll.FanMode, Unroll.Generator.Model.FanMode>();

    [Fact]
    public void DistributionsAgree() => AssertAgree<Unroll.InitializerDistribution, Unroll.Generator.Model.InitializerDistribution>();

    [Fact]
    public void ConstraintsAgree() => AssertAgree<Unroll.Constraint, Unroll.Generator.Model.Constraint>();

    [Fact]
    public void PrecisionsAgree() => AssertAgree<Unroll.WeightPrecision, Unroll.Generator.Model.WeightPrecision>();

    private static void AssertAgree<TRuntime, TGenerator>()
        where TRuntime : struct, Enum
        where TGenerator : struct, Enum => Assert.Equal(Members<TRuntime>(), Members<TGenerator>());

    private static IEnumerable<(string Name, int Value)> Members<TEnum>()
        where TEnum : struct, Enum =>
        Enum.GetNames<TEnum>().Zip(Enum.GetValues<TEnum>(), static (name, value) => (name, Convert.ToInt32(value, null)));
}
