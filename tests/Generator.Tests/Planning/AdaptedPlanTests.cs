using Unroll.Generator.Planning;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Planning;

/// <summary>Which parameters are measured from which input.</summary>
public class AdaptedPlanTests
{
    [Fact]
    public void ANetworkWithoutStatisticsHasNone() => Assert.Empty(Of("[Network(4)] [BatchNormalization] [Dense(3)] public partial class Net;"));

    [Fact]
    public void AReshapeLetsTheInputThrough() => Assert.Equal(
        [new AdaptedPlan("units", "units/mean", "units/variance", "input")],
        Of("[Network(2, 3)] [Flatten] [Normalization(Name = \"units\")] [Dense(1)] public partial class Net;"));

    [Fact]
    public void AnotherLayerIsTheSourceItself() => Assert.Equal(
        [new AdaptedPlan("late", "late/mean", "late/variance", "dense1")],
        Of("[Network(3)] [Dense(3)] [Normalization(Name = \"late\")] public partial class Net;"));

    [Fact]
    public void SharedParametersAreTheFirstLayers() => Assert.Equal(
        [new AdaptedPlan("first/units", "first/units/mean", "first/units/variance", "left")],
        Of("""
            [Network] [Input("left", 3)] [Input("right", 3)]
            [Use<Scaled>(From = "left", Name = "first")] [Use<Scaled>(From = "right", Name = "second", Shared = "first")]
            [Concatenate("first/units", "second/units")] [Dense(1)] public partial class Net;
            [Block] [Normalization(Name = "units")] public class Scaled;
            """));

    private static IEnumerable<AdaptedPlan> Of(string source) => AdaptedPlan.Of(ShapeInference.Run(ParsedModel.Of(source)).Network!);
}
