using Unroll.Generator.Emission;
using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Layers;
using Unroll.Generator.Lowering;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;
using Unroll.Generator.Shapes;

namespace Unroll.Generator;

/// <summary>The compiler, stage by stage.</summary>
internal static class NetworkCompiler
{
    public static EquatableArray<GeneratedFile> Compile(NetworkModel model, CancellationToken cancellationToken)
    {
        ShapeResult shapes = Stage.Run(nameof(Shapes), cancellationToken, () => ShapeInference.Run(model));
        if (shapes.Network is not { } network)
        {
            return RejectedNetworkEmitter.Emit(RejectedNetwork.For(model.Header, shapes.Problems[0].Text, model.Pretrained is not null));
        }

        OpGraph forward = Stage.Run(nameof(Lowering), cancellationToken, () => GraphBuilder.Lower(network));
        OpGraph inference = Stage.Run(nameof(PassList), cancellationToken, () => PassList.ForInference(forward));
        OpGraph blocks = Stage.Run(nameof(PassList), cancellationToken, () => PassList.ForBlocks(inference, model.InferenceWeights));
        OpGraph single = Stage.Run(nameof(PassList), cancellationToken, () => PassList.ForSamples(inference, model.InferenceWeights));
        OpGraph observed = Stage.Run(nameof(PassList), cancellationToken, () => PassList.ForInference(GraphBuilder.LowerObserved(network)));
        OpGraph training = Stage.Run(
            nameof(GradientBuilder), cancellationToken, () => PassList.ForTraining(GradientBuilder.AddBackward(PassList.BeforeGradient(forward))));
        OpGraph? stream = model.IsStreaming
            ? Stage.Run(
                nameof(PassList),
                cancellationToken,
                () => PassList.ForSamples(PassList.ForInference(GraphBuilder.LowerStream(StreamCheck.OneStep(network))), model.InferenceWeights))
            : null;
        NetworkPlan plan = Stage.Run(
            nameof(Planning), cancellationToken, () => NetworkPlan.Plan(network, forward, blocks, single, observed, training, stream));
        return Stage.Run(nameof(Emission), cancellationToken, () => SourceEmitter.Emit(plan));
    }
}
