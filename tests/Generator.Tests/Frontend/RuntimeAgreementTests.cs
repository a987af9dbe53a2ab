using System.Reflection;
using Unroll.Generator.Frontend;
using Unroll.Generator.Graph;
using Unroll.Generator.Incremental;
using Unroll.Generator.Layers;

namespace Unroll.Generator.Tests.Frontend;

/// <summary>The generator knows the runtime by name and value only; here the two are held together.</summary>
public class RuntimeAgreementTests
{
    public static TheoryData<Type> Layers =>
        [.. typeof(LayerAttribute).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)];

    /// <summary>How values lie in memory: what one side writes in rows, panels and lanes of so many floats the other reads.</summary>
    [Theory]
    [InlineData("Unroll.Numerics.Panels", "Width", Model.Shape.PaddedTo)]
    [InlineData("Unroll.Numerics.SampleLanes", "Group", SampleLanes.Group)]
    public void NumbersAgree(string type, string constant, int generator) => Assert.Equal(
        generator,
        typeof(Unroll.Model).Assembly.GetType(type, throwOnError: true)!
            .GetField(constant, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)?
            .GetRawConstantValue());

    // The generic ones are uses of blocks, which are no kind of layer.
    [Fact]
    public void EveryLayerHasAReaderAndEveryReaderALayer() => Assert.Equal(
        Layers.Select(static row => row.Data).Where(static type => !type.IsGenericType).Select(static type => type.FullName).Order(StringComparer.Ordinal),
        LayerCatalog.All.Select(static kind => kind.AttributeName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Layers))]
    public void ALayerIsSealedAndRepeatableOnTypes(Type layer)
    {
        AttributeUsageAttribute usage = layer.GetCustomAttribute<AttributeUsageAttribute>()!;
        Assert.True(layer.IsSealed);
        Assert.Equal((AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, true, false), (usage.ValidOn, usage.AllowMultiple, usage.Inherited));
    }

    [Fact]
    public void MetadataNamesAreTheRuntimes()
    {
        Assert.Equal(MetadataNames.Network, typeof(NetworkAttribute).FullName);
        Assert.Equal(MetadataNames.Layer, typeof(LayerAttribute).FullName);
        Assert.Equal(MetadataNames.Part, typeof(NetworkPartAttribute).FullName);
        Assert.Equal(MetadataNames.Input, typeof(InputAttribute).FullName);
        Assert.Equal(MetadataNames.Output, typeof(OutputAttribute).FullName);
        Assert.Equal(MetadataNames.Model, typeof(Unroll.Model).FullName);
        Assert.Equal(MetadataNames.Block, typeof(BlockAttribute).FullName);
        Assert.Equal(MetadataNames.Budget, typeof(BudgetAttribute).FullName);
        Assert.Equal(MetadataNames.Use.Replace("<TBlock>", "`1", StringComparison.Ordinal), typeof(UseAttribute<>).FullName);
        Assert.Equal(MetadataNames.Residual.Replace("<TBlock>", "`1", StringComparison.Ordinal), typeof(ResidualAttribute<>).FullName);
        Assert.Equal(MetadataNames.TimeDistributed.Replace("<TBlock>", "`1", StringComparison.Ordinal), typeof(TimeDistributedAttribute<>).FullName);
    }

    [Fact]
    public void DefaultsOfTheNormalizationsAgree()
    {
        var batch = new BatchNormalizationAttribute();
        var layer = new LayerNormalizationAttribute();

        Assert.Equal<Layer>(
            [
                new BatchNormalizationLayer(0, "batch_normalization1", batch.Momentum, batch.Epsilon, batch.Center, batch.Scale)
                {
                    Axes = new NormalizedAxes(Model.EquatableArray.Of(batch.Axis)),
                    Gamma = (Model.Initializer)batch.GammaInitializer,
                    Beta = (Model.Initializer)batch.BetaInitializer,
                },
                new LayerNormalizationLayer(1, "layer_normalization1", layer.Epsilon, layer.Center, layer.Scale)
                {
                    Axes = new NormalizedAxes(Model.EquatableArray.Of(layer.Axis)),
                },
            ],
            ParsedModel.Layers("[BatchNormalization, LayerNormalization]"));
    }

    [Fact]
    public void DefaultsOfPaddingAgree()
    {
        var runtime = new ZeroPadding1DAttribute();
        Assert.Equal<Layer>(
            [new MarginsLayer(0, "zero_padding1d1", 1, Model.EquatableArray.Of(runtime.Left), Model.EquatableArray.Of(runtime.Right))], ParsedModel.Layers("[ZeroPadding1D]", input: "3, 2"));
    }

    [Fact]
    public void LimitsOfABudgetAgree()
    {
        var runtime = new BudgetAttribute();
        Assert.Equal(
            [Model.BudgetLimits.Parameters, Model.BudgetLimits.MultiplyAdds, Model.BudgetLimits.Bytes],
            typeof(BudgetAttribute).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(static property => property.Name));
        Assert.Equal(Model.BudgetSpec.None, new Model.BudgetSpec(runtime.MaxParameters, runtime.MaxMultiplyAdds, runtime.MaxBytes));
    }

    [Fact]
    public void DefaultsOfDenseAgree()
    {
        var runtime = new DenseAttribute(1);
        var generator = (DenseLayer)GeneratorHarness.Run("[Unroll.Network(1)] [Unroll.Dense(1)] partial class Net;")
            .Step<NetworkModel>(StepNames.Model).Single().Nodes[0].Layer;

        Assert.Equal(
            ((int)runtime.Activation, runtime.UseBias, (int)runtime.KernelInitializer, (int)runtime.BiasInitializer),
            ((int)generator.Activation, generator.UseBias, (int)generator.Kernel.Initializer.Kind, (int)generator.Bias.Initializer.Kind));
        Assert.Equal(((int)runtime.KernelConstraint, (int)runtime.BiasConstraint), ((int)generator.Kernel.Constraint.Kind, (int)generator.Bias.Constraint.Kind));
        Assert.Equal((new Model.Penalty(runtime.KernelL1, runtime.KernelL2), new Model.Penalty(runtime.BiasL1, runtime.BiasL2)),
            (generator.Kernel.Penalty, generator.Bias.Penalty));
    }
}
