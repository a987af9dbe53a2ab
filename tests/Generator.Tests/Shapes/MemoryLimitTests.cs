using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Layers;
using Unroll.Generator.Lowering;
using Unroll.Generator.Planning;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Shapes;

/// <summary>The limits of shape inference hold for what the later stages make of a network.</summary>
public class MemoryLimitTests
{
    private const string Body = "[Block] [Dense(16, Activation.Gelu)] [LayerNormalization] [Dropout(0.5f)] [Dense(3)] class Body;";

    public static TheoryData<string> Stacks =>
    [
        "[Dense(1)]",
        "[Dense(33, Activation.Mish)] [Dense(17, Activation.Softmax)]",
        "[Flatten] [Dense(5, Activation.LogSoftmax)]",
        "[BatchNormalization] [Activate(Activation.Swish)] [BatchNormalization]",
        "[LayerNormalization] [LayerNormalization]",
        "[Normalization] [Rescaling(2f)] [PRelu] [Flatten]",
        "[GaussianNoise(0.5f)] [GaussianDropout(0.5f)] [AlphaDropout(0.5f)] [Dropout(0.5f)]",
        "[ActivityRegularization(L1 = 1f)] [Flatten] [Dense(1)] [ActivityRegularization(L2 = 1f)]",
        "[Permute(2, 1)] [Reshape(-1)] [RepeatVector(3)] [Permute(2, 1)] [Dense(1)]",
        "[SimpleRNN(3, ReturnSequences = true, RecurrentDropout = 0.5f)] [Masking] [SimpleRNN(1)]",
        "[GRU(17, ReturnSequences = true, GoBackwards = true)] [GRU(4, ResetAfter = false)]",
        "[GRU(4, Dropout = 0.5f, RecurrentDropout = 0.5f, ResetAfter = false, Activation = Activation.Swish)]",
        "[LSTM(5, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat)] [LSTM(33, Activation = Activation.Gelu)]",
        "[Masking] [LSTM(5, Dropout = 0.5f, RecurrentDropout = 0.5f, Bidirectional = BidirectionalMerge.Sum)]",
        "[MultiHeadAttention(2, 3, Dropout = 0.5f)] [MultiHeadAttention(1, 4, Causal = true)]",
        "[Residual<Body>(Repeat = 3)] [Use<Body>(Repeat = 2)]",
    ];

    [Theory]
    [MemberData(nameof(Stacks))]
    public void NoBlockIsLargerThanReckoned(string layers)
    {
        ShapedNetwork network = ShapeInference.Run(ParsedModel.Of($"[Network(5, 3)] {layers} public partial class Net;", Body)).Network!;
        OpGraph forward = GraphBuilder.Lower(network);
        OpGraph training = PassList.ForTraining(GradientBuilder.AddBackward(PassList.BeforeGradient(forward)));
        OpGraph inference = PassList.ForInference(forward);
        OpGraph observed = PassList.ForInference(GraphBuilder.LowerObserved(network));
        BufferPlan buffers = NetworkPlan.Plan(network, forward, inference, inference, observed, training, stream: null).Training.Buffers;

        long values = network.Inputs.Single().PaddedSize + network.Layers.Sum(
            static layer => layer.Output.PaddedSize + layer.Layer.Hidden(layer.Inputs).Sum(static value => value.PaddedSize));
        Assert.InRange(buffers.BlockFloats, 1, values * MemoryLimits.ValuesPerOutput);
        Assert.InRange(buffers.BlockSamples, 1, MemoryLimits.MostSamplesInBlock);
    }

    [Theory]
    [InlineData("[Network(2097120)] [Dense(1)]")]
    [InlineData("[Network(65535, 16)] [Dense(16)]")]
    [InlineData("[Network(32766)] [Dense(16384)]")]
    [InlineData("[Network(1)] [Dense(1048560)] [BatchNormalization]")]
    [InlineData("[Network(512, 512)] [PRelu] [Permute(2, 1)] [Activate(Activation.Softmax)]")]
    public void TheLargestNetworksCompile(string attributes)
    {
        NetworkModel model = ParsedModel.Of(attributes + " public partial class Net;");

        Assert.NotNull(NetworkCompiler.Compile(model, SimdMachine.WidestFirst, TestContext.Current.CancellationToken).Kernels);
    }
}
