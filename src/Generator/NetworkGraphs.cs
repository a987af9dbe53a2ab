using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Incremental;
using Unroll.Generator.Lowering;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator;

/// <summary>One network as graphs: as its layers state it, and what the passes made of that for each way it runs.</summary>
internal sealed record NetworkGraphs(OpGraph Forward, OpGraph Blocks, OpGraph Single, OpGraph Observed, OpGraph Training, OpGraph? Stream)
{
    public static NetworkGraphs Of(ShapedNetwork network, CancellationToken cancellationToken)
    {
        WeightPrecision precision = network.Model.InferenceWeights;
        OpGraph forward = Lowered(() => GraphBuilder.Lower(network));
        OpGraph inference = Rewritten(() => PassList.ForInference(forward));
        OpGraph blocks = Rewritten(() => PassList.ForBlocks(inference, precision));
        OpGraph single = Rewritten(() => PassList.ForSamples(inference, precision));
        OpGraph eachLayer = Lowered(() => GraphBuilder.LowerObserved(network));
        OpGraph observed = Rewritten(() => PassList.AsIn(blocks, PassList.ForInference(eachLayer)));
        OpGraph differentiable = Rewritten(() => PassList.BeforeGradient(forward));
        OpGraph withGradients = Stage.Run(nameof(GradientBuilder), cancellationToken, () => GradientBuilder.AddBackward(differentiable));
        OpGraph training = Rewritten(() => PassList.AsIn(blocks, PassList.ForTraining(withGradients)));
        OpGraph? oneStep = network.Model.IsStreaming ? Lowered(() => GraphBuilder.LowerStream(network)) : null;
        OpGraph? stream = oneStep is null ? null : Rewritten(() => PassList.ForSamples(PassList.ForInference(oneStep), precision));
        return new NetworkGraphs(forward, blocks, single, observed, training, stream);

        OpGraph Lowered(Func<OpGraph> lower) => Stage.Run(nameof(Lowering), cancellationToken, lower);

        OpGraph Rewritten(Func<OpGraph> rewrite) => Stage.Run(nameof(PassList), cancellationToken, rewrite);
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
