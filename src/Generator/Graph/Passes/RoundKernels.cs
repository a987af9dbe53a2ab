using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Has products and convolutions read rounded kernels: each, folded or not, is rounded once for each change of the parameters.
/// </summary>
/// <param name="isSingle">
/// Whether the graph runs sample by sample. Kernels that serve a single vector are then stored in 16 bits, if they come from an outer cache;
/// from the nearest, or for several vectors or pixels, they would take longer to widen than to load.
/// </param>
internal sealed class RoundKernels(bool isSingle) : GraphPass
{
    public override string Name => "round kernels";

    public override OpGraph Apply(OpGraph graph)
    {
        long kernelFloats = graph.Ops
            .Where(static op => op.Scope == OpScope.Sample)
            .SelectMany(op => KernelsOf(op).Select(kernel => op.Inputs[kernel]))
            .Distinct()
            .Sum(id => graph[id].Shape.PaddedSize);
        bool isNear = kernelFloats <= NearestCache.Floats;
        var rewrite = new GraphRewrite(graph);
        var rounded = new Dictionary<(int Kernel, bool IsPaired), int>();
        foreach (Op op in graph.Ops)
        {
            bool isPaired = isSingle && !isNear && op is { Scope: OpScope.Sample, PerSample: 1 } && (op.Kind is LoopOp || (op.Kind is ProductOp && op.Shape.Vectors == 1));
            int[] inputs = [.. op.Inputs];
            foreach (int kernel in KernelsOf(op))
            {
                inputs[kernel] = Rounded(graph[op.Inputs[kernel]], isPaired, op.Label.Layer);
            }

            rewrite.Keep(op with { Inputs = inputs.ToEquatableArray() });
        }

        return rewrite.Finish();

        int Rounded(Op kernel, bool isPaired, string layer)
        {
            if (!rounded.TryGetValue((kernel.Id, isPaired), out int id))
            {
                id = rewrite.Insert(new RoundKernelOp(isPaired), kernel.Shape, OpScope.Step, new OpLabel(layer, "RoundedKernel"), kernel.Id).Id;
                rounded.Add((kernel.Id, isPaired), id);
            }

            return id;
        }
    }

    // The operands by their numbers.
    private static IEnumerable<int> KernelsOf(Op op) => op.Kind switch
    {
        ProductOp or TransposedProductOp or ConvolutionOp or DepthwiseOp => [1],
        LoopOp loop => loop.Body.Cell.OfType<CellProduct>().Select(static product => product.Weights).Distinct(),
        _ => [],
    };
}
