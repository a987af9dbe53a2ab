using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Makes contractions those operations that have kernels, wherever their maps are such: products, convolutions, attention's scores and
/// mixtures, and the gradients of each. Others stay what they are.
/// </summary>
internal sealed class LowerContractions : GraphPass
{
    public override string Name => "lower contractions";

    public override OpGraph Apply(OpGraph graph)
    {
        var rewrite = new GraphRewrite(graph);
        var windows = new WindowLowering(rewrite);
        foreach (Op op in graph.Ops)
        {
            rewrite.Keep(op.Kind is ContractOp contract ? Lower(op, contract, graph[op.Inputs[0]], graph[op.Inputs[1]]) : op);
        }

        return rewrite.Finish();

        // The operands are the two others of a form's three values, in their order. Products and windows have kernels for a second value that
        // all samples share, heads for one of each sample.
        Op Lower(Op op, ContractOp contract, Op a, Op b)
        {
            bool isShared = (contract.Result switch { 0 => a, 1 => op, _ => b }).Scope == OpScope.Step;
            return (ContractionForm.Of(contract.Contraction), contract.Result) switch
            {
                (ContractionForm.Product, 0) when isShared => As(op, new ProductOp(default), b.Id, windows.Transposed(op, a).Id),
                (ContractionForm.Product, 1) when isShared => As(op, new KernelGradientOp(default), a.Id, b.Id),
                (ContractionForm.Product, 2) when isShared => As(op, new ProductOp(default), a.Id, b.Id),
                (ContractionForm.Windowed window, 0) when isShared => windows.Image(op, window, b, a),
                (ContractionForm.Windowed window, 1) when isShared => windows.Kernel(op, window, a, b),
                (ContractionForm.Windowed window, 2) when isShared => windows.Positions(op, window, a, b),
                (ContractionForm.Heads, 0) when !isShared => As(op, new MixOp(), b.Id, a.Id),
                (ContractionForm.Heads, 1) when !isShared => As(op, new MixOp(OfColumns: true), b.Id, a.Id),
                (ContractionForm.Heads, 2) when !isShared => As(op, new ScoresOp(), a.Id, b.Id),
                _ => op,
            };
        }
    }

    private static Op As(Op op, OpKind kind, int first, int second) => op with { Kind = kind, Inputs = EquatableArray.Of(first, second) };
}
