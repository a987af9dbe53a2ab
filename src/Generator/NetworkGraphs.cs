using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Incremental;
using Unroll.Generator.Layers;
using Unroll.Generator.Lowering;
using Unroll.Generator.Shapes;

namespace Unroll.Generator;

/// <summary>One network as graphs: as its layers state it, and what the passes made of that for each way it runs.</summary>
internal sealed record NetworkGraphs(OpGraph Forward, OpGraph Blocks, OpGraph Single, OpGraph Observed, OpGraph Training, OpGraph? Stream)
{
    public static NetworkGraphs Of(ShapedNetwork network, CancellationToken cancellationToken)
    {
        NetworkModel model = network.Model;
        OpGraph forward = Stage.Run(nameof(Lowering), cancellationToken, () => GraphBuilder.Lower(network));
        OpGraph inference = Stage.Run(nameof(PassList), cancellationToken, () => PassList.ForInference(forward));
        OpGraph blocks = Stage.Run(nameof(PassList), cancellationToken, () => PassList.ForBlocks(inference, model.InferenceWeights));
        OpGraph single = Stage.Run(nameof(PassList), cancellationToken, () => PassList.ForSamples(inference, model.InferenceWeights));
        OpGraph observed = Stage.Run(nameof(PassList), cancellationToken, () => PassList.AsIn(blocks, PassList.ForInference(GraphBuilder.LowerObserved(network))));
        OpGraph training = Stage.Run(
            nameof(GradientBuilder), cancellationToken, () => PassList.AsIn(blocks, PassList.ForTraining(GradientBuilder.AddBackward(PassList.BeforeGradient(forward)))));
        OpGraph? stream = model.IsStreaming
            ? Stage.Run(
                nameof(PassList),
                cancellationToken,
                () => PassList.ForSamples(PassList.ForInference(GraphBuilder.LowerStream(network)), model.InferenceWeights))
            : null;
        return new NetworkGraphs(forward, blocks, single, observed, training, stream);
    }

    /// <summary>Each with what it is.</summary>
    public IEnumerable<(string Title, OpGraph Graph)> Named()
    {
        yield return ("As its layers state it", Forward);
        yield return ("Inference of a block of samples", Blocks);
        yield return ("Inference of a single sample", Single);
        yield return ("Inference with every layer as an output", Observed);
        yield return ("Training", Training);
        if (Stream is not null)
        {
            yield return ("One step of a stream", Stream);
        }
    }
}
