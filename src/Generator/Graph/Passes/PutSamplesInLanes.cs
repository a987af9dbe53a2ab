using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Passes;

/// <summary>
/// Has dense networks whose columns would leave most lanes empty work on groups of sixteen samples, one a lane (<see cref="SampleLanes"/>),
/// where that takes fewer instructions, with what rearranging rows takes.
/// </summary>
/// <param name="sharesKernels">
/// Whether another graph of the network is in lanes, whose kernels this one can use: then all of its forward pass is, and the way back reads
/// rows, whose sums over the batch fill columns.
/// </param>
internal sealed class PutSamplesInLanes(bool sharesKernels) : GraphPass
{
    // Instructions for a vector. An exponential, its range reduction and its polynomial take some twenty; a softmax of a row also goes across
    // its lanes twice, and sixteen values change places with four instructions, between eight loads and stores.
    private const int ACostlyStep = 20;
    private const int ASoftmaxOfARow = 50;
    private const int ASoftmaxOfAUnit = 24;
    private const int AMove = 12;

    public override string Name => "put samples in lanes";

    public override OpGraph Apply(OpGraph graph)
    {
        var inLanes = new HashSet<int>();
        var behindLoss = new HashSet<int>();
        foreach (Op op in graph.Ops)
        {
            if (op.Kind.BeginsGradient || op.Inputs.Any(behindLoss.Contains))
            {
                behindLoss.Add(op.Id);
            }
            else if (CanBeInLanes(op, graph, inLanes))
            {
                inLanes.Add(op.Id);
            }
        }

        return sharesKernels || Pays(graph, inLanes) ? Rewrite(graph, inLanes) : graph;
    }

    private static OpGraph Rewrite(OpGraph graph, HashSet<int> inLanes)
    {
        var rewrite = new GraphRewrite(graph);
        var lanes = new Dictionary<int, int>();
        var asRows = AsRows(graph, inLanes);
        foreach (Op op in graph.Ops)
        {
            if (!inLanes.Contains(op.Id))
            {
                rewrite.Keep(op);
                continue;
            }

            int[] inputs = [.. op.Inputs.Select(input => graph[input].Scope == OpScope.Sample ? Lanes(input) : rewrite.Resolve(input))];
            OpKind kind = KindInLanes(op.Kind);
            if (op.Kind is ProductOp product && graph[op.Inputs[1]] is { Kind: TransposeOp } w && w.Shape[0] <= Shape.PaddedTo)
            {
                // A number goes into all lanes from wherever it lies: those of a unit one after another, as far as a panel goes.
                kind = new LaneProductOp(product.Steps, IsTransposed: true);
                inputs[1] = rewrite.Resolve(w.Inputs[0]);
            }

            Op kept = rewrite.Insert(kind, op.Shape, op.Scope, op.Label with { Role = "Lanes" }, inputs);
            lanes.Add(op.Id, kept.Id);
            if (asRows.Contains(op.Id))
            {
                rewrite.Keep(op with { Kind = new LanesToRowsOp(), Inputs = EquatableArray.Of(kept.Id) });
            }
        }

        return rewrite.Finish();

        int Lanes(int id)
        {
            if (!lanes.TryGetValue(id, out int own))
            {
                Op rows = graph[id];
                own = rewrite.Insert(new RowsToLanesOp(), rows.Shape, rows.Scope, rows.Label with { Role = "Lanes" }, rewrite.Resolve(id)).Id;
                lanes.Add(id, own);
            }

            return own;
        }
    }

    // The values in lanes that somebody reads as rows.
    private static HashSet<int> AsRows(OpGraph graph, HashSet<int> inLanes) =>
        [.. graph.Ops.Where(op => !inLanes.Contains(op.Id)).SelectMany(static op => op.Inputs).Concat(graph.Roots).Where(inLanes.Contains)];

    private static bool CanBeInLanes(Op op, OpGraph graph, HashSet<int> inLanes) =>
        op is { Scope: OpScope.Sample, PerSample: 1, Shape.Vectors: 1 } && op.Kind switch
        {
            ProductOp product => graph[op.Inputs[1]].Scope == OpScope.Step && !product.Steps.Any(static step => step.IsNoise),
            ElementwiseOp elementwise => inLanes.Contains(op.Inputs[0]) && elementwise.Steps.All(
                static step => !step.IsNoise && step.Operands.All(static operand => operand.Extent == OperandExtent.Element)),
            SoftmaxOp or LogSoftmaxOp => inLanes.Contains(op.Inputs[0]),
            _ => false,
        };

    private static OpKind KindInLanes(OpKind kind) => kind switch
    {
        ProductOp product => new LaneProductOp(product.Steps, IsTransposed: false),
        ElementwiseOp elementwise => new LaneStepsOp(elementwise.Steps),
        SoftmaxOp => new LaneSoftmaxOp(Logarithm: false),
        LogSoftmaxOp => new LaneSoftmaxOp(Logarithm: true),
        _ => throw new InvalidOperationException($"{kind.GetType().Name} in lanes"),
    };

    // A block holds sixteen samples where no value is an image.
    private static bool Pays(OpGraph graph, HashSet<int> inLanes)
    {
        if (inLanes.Count == 0 || graph.Ops.Any(static op => op.Scope == OpScope.Sample && op.PerSample * op.Shape.Vectors > 1))
        {
            return false;
        }

        IEnumerable<int> moved = inLanes
            .SelectMany(id => graph[id].Inputs)
            .Where(input => graph[input].Scope == OpScope.Sample && !inLanes.Contains(input))
            .Distinct()
            .Concat(AsRows(graph, inLanes));
        long columns = inLanes.Sum(id => ByColumns(graph, graph[id]));
        long lanes = inLanes.Sum(id => ByLanes(graph, graph[id])) + moved.Sum(id => (long)AMove * graph[id].Shape.Last);
        return 4 * lanes <= 3 * columns;
    }

    // Instructions for sixteen samples: a row of vectors each, or a vector of each unit.
    private static long ByColumns(OpGraph graph, Op op)
    {
        long vectors = Shape.Padded(op.Shape.Last) / Shape.PaddedTo;
        return SampleLanes.Group * (op.Kind is SoftmaxOp or LogSoftmaxOp ? ASoftmaxOfARow + (ACostlyStep * vectors) : vectors * OfAVector(graph, op));
    }

    private static long ByLanes(OpGraph graph, Op op) =>
        op.Shape.Last * (op.Kind is SoftmaxOp or LogSoftmaxOp ? ASoftmaxOfAUnit : OfAVector(graph, op));

    private static long OfAVector(OpGraph graph, Op op) =>
        op.Kind is ProductOp ? graph[op.Inputs[1]].Shape[0] : ((ElementwiseOp)op.Kind).Steps.Sum(static step => step.IsCheap ? 1 : ACostlyStep);
}
