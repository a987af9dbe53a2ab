using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Lowering;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Graph.Passes;

/// <summary>What is left of batch normalization in inference; that the numbers stay the same is checked on compiled networks.</summary>
public class FoldAffineTests
{
    private const string Block = "[Block] [BatchNormalization] [Dense(5)] public partial class Body;";

    [Theory]
    [InlineData("[Dense(5)] [BatchNormalization]")]
    [InlineData("[Dense(5, UseBias = false)] [BatchNormalization] [Activate(Activation.Relu)]")]
    [InlineData("[BatchNormalization] [Dense(5)]")]
    [InlineData("[Activate(Activation.Relu)] [BatchNormalization] [Dense(5, UseBias = false)]")]
    [InlineData("[BatchNormalization] [Dense(5)] [BatchNormalization] [BatchNormalization(Scale = false, Center = false)]")]
    [InlineData("[Reshape(2, 2)] [Conv1DTranspose(3, 2)] [BatchNormalization]")]
    [InlineData("[Reshape(2, 2)] [BatchNormalization] [Conv1D(3, 2)]")]
    [InlineData("[Dense(5, Activation.Relu)] [Dropout(0.5f)] [BatchNormalization] [Dropout(0.5f)] [Dense(2)]")]
    public void GoesIntoTheProductBesideIt(string layers)
    {
        OpGraph graph = Inference(layers);

        Assert.DoesNotContain(Steps(graph), static step => step is AffineUnits);
        Assert.Contains(graph.Ops, static op => op.Kind is ScaleKernelColumnsOp or ScaleKernelRowsOp);
        Assert.Contains(graph.Ops, static op => op.Kind is ScaleBiasOp or ShiftBiasOp);
    }

    /// <summary>No product beside it, one with its result wanted elsewhere, one behind another layout.</summary>
    [Theory]
    [InlineData("[BatchNormalization]")]
    [InlineData("[Dense(5, Activation.Relu)] [BatchNormalization] [Activate(Activation.Tanh)]")]
    [InlineData("[Dense(5, Activation.Relu)] [BatchNormalization] [Residual<Body>]")]
    [InlineData("[Dense(5, Activation.Relu)] [BatchNormalization] [ActivityRegularization(L1 = 0.1f)] [Dense(2)]")]
    [InlineData("[Reshape(2, 2)] [BatchNormalization] [Flatten] [Dense(2)]")]
    [InlineData("[Reshape(2, 2)] [BatchNormalization] [Conv1D(3, 2, Padding = Padding.Same)]")]
    public void StaysWhereNoProductCanTakeIt(string layers) => Assert.Contains(Steps(Inference(layers)), static step => step is AffineUnits);

    /// <summary>Folded into a product, a mean far above the deviation would cost the digits that taking the difference first saves.</summary>
    [Theory]
    [InlineData("[Normalization] [Dense(5)]")]
    [InlineData("[Dense(5)] [Normalization]")]
    public void LeavesNormalizationAlone(string layers)
    {
        OpGraph graph = Inference(layers);

        Assert.Contains(Steps(graph), static step => step is NormalizeUnits);
        Assert.DoesNotContain(graph.Ops, static op => op.Kind is ScaleKernelColumnsOp or ScaleKernelRowsOp);
    }

    private static OpGraph Inference(string layers)
    {
        ShapedNetwork network = ShapeInference.Run(ParsedModel.Of($"[Network(4)] {layers} public partial class Net; {Block}")).Network!;
        return PassList.ForInference(GraphBuilder.Lower(network));
    }

    private static IEnumerable<ElementwiseStep> Steps(OpGraph graph) =>
        graph.Ops.SelectMany(static op => op.Kind is FusableOp fusable ? (IEnumerable<ElementwiseStep>)fusable.Steps : []);
}
