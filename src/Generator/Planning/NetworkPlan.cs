using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;
using Unroll.Generator.Planning.Calls;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Planning;

/// <summary>Everything the emission needs: no decision is left.</summary>
/// <param name="Forward">The graph before its passes, where every operation still carries the label of its own layer.</param>
/// <param name="Single">Inference of a single sample.</param>
/// <param name="Observed">Inference that keeps the value of every layer.</param>
internal sealed record NetworkPlan(
    ShapedNetwork Network, ParameterPlan Parameters, OpGraph Forward, PassPlan Inference, PassPlan Single, PassPlan Observed, PassPlan Training)
{
    /// <summary>One step of a stream; null where the network is compiled for none.</summary>
    public PassPlan? Stream { get; init; }

    /// <summary>Whether a single sample reads other prepared values than a block.</summary>
    public bool PreparesSample => !PreparedBy(Single).SequenceEqual(PreparedBy(Inference));

    /// <summary>A single sample's forward pass as threads share it; nothing where they would gain little.</summary>
    public EquatableArray<RowPhase> Shared { get; } = SharedRows.Plan(Single.Schedule);

    /// <summary>The layers whose statistics are measured from data.</summary>
    public EquatableArray<AdaptedPlan> Adapted { get; } = AdaptedPlan.Of(Network);

    private static IEnumerable<Op> PreparedBy(PassPlan pass) => pass.Graph.Ops.Where(static op => op.Scope == OpScope.Step);

    /// <summary>All passes.</summary>
    public IEnumerable<PassPlan> Passes => Stream is null ? [Inference, Single, Observed, Training] : [Inference, Single, Observed, Training, Stream];

    /// <param name="network">The layers.</param>
    /// <param name="forward">The graph before its passes.</param>
    /// <param name="inference">Inference of blocks of samples.</param>
    /// <param name="single">That of a single sample: the same where it reads the same kernels.</param>
    /// <param name="observed">Inference that keeps the value of every layer.</param>
    /// <param name="training">A step of training.</param>
    /// <param name="stream">A step of a stream, if there is one.</param>
    public static NetworkPlan Plan(
        ShapedNetwork network, OpGraph forward, OpGraph inference, OpGraph single, OpGraph observed, OpGraph training, OpGraph? stream)
    {
        ParameterPlan parameters = ParameterPlan.Plan(forward);
        // Several inputs lie apart from each other: then their rows are copied into the block.
        bool isOneInput = network.Model.Inputs.Count == 1;
        int blockSamples = BlockSize.For(parameters, inference, observed, training);
        PassPlan batched = PassPlan.Plan(inference, parameters, blockSamples, inputFromCaller: isOneInput, isTraining: false);
        return new NetworkPlan(
            network,
            parameters,
            forward,
            batched,
            single == inference
                ? batched.OfSingle()
                : PassPlan.Plan(single, parameters, blockSamples, inputFromCaller: isOneInput, isTraining: false).OfSingle(),
            PassPlan.Plan(observed, parameters, blockSamples, inputFromCaller: false, isTraining: false),
            PassPlan.Plan(training, parameters, blockSamples, inputFromCaller: false, isTraining: true))
        {
            Stream = stream is null ? null : PassPlan.Plan(stream, parameters, blockSamples: 1, inputFromCaller: true, isTraining: false).OfSingle(),
        };
    }
}

/// <summary>One graph, its buffers, the kernel of each of its operations, and the calls that all comes to.</summary>
internal sealed record PassPlan(
    OpGraph Graph,
    EquatableArray<Phase> Phases,
    BufferPlan Buffers,
    IReadOnlyDictionary<int, KernelPlan> Kernels,
    EquatableArray<PlannedPhase> Schedule)
{
    /// <summary>Where an input lies.</summary>
    public ValueBuffer InputAt(int index) => Buffers[Input(index).Id];

    /// <summary>What the elements of an input are.</summary>
    public ElementType ElementOf(int input) => Input(input).Element;

    /// <summary>The clock at whose ticks the outputs of a stream's step are computed; null where they are at every step.</summary>
    public ValueBuffer? OutputClock => Clocks.Of(Graph).TryGetValue(Graph.Outputs[0].Value, out int clock) ? Buffers[clock] : null;

    /// <summary>The input whose values name the rows that the gradient of a parameter touches; null where it may touch any.</summary>
    public int? RowsByInput(int parameter) => GatherGradientOp.InputOf(Graph, parameter);

    /// <summary>
    /// Whether sums over the batch can be folded: samples pass in one phase, and nothing that they read of each other is asked for before all
    /// are there.
    /// </summary>
    public bool Folds =>
        Phases.Count(static phase => phase.Kind == PhaseKind.Samples) == 1
        && Phases.SelectMany(static phase => phase.Ops).All(static op => !op.Kind.SumsOverBatch || op.Kind.Folds);

    /// <summary>Whether values have samples as lanes, so that there is room for whole groups of them only.</summary>
    public bool IsInLanes => Graph.Ops.Any(static op => op.Kind.IsInLanes);

    /// <summary>Where the penalties on activations lie, one a sample.</summary>
    public IEnumerable<ValueBuffer> Penalties =>
        Graph.Effects.Where(effect => Graph[effect].Kind.Effect == Effect.Penalty).Select(effect => Buffers[effect]);

    /// <param name="graph">The graph after its passes.</param>
    /// <param name="parameters">Where the parameters lie.</param>
    /// <param name="blockSamples">Samples a block.</param>
    /// <param name="inputFromCaller">Whether the input is read where the caller has it, or copied into the block.</param>
    /// <param name="isTraining">Whether the block has room for any number of samples, of which a call takes some from <c>local</c> on.</param>
    public static PassPlan Plan(OpGraph graph, ParameterPlan parameters, int blockSamples, bool inputFromCaller, bool isTraining)
    {
        EquatableArray<Phase> phases = PhasePlanner.Plan(graph);
        BufferPlan buffers = isTraining
            ? BufferPlanner.Plan(graph, phases, parameters, blockSamples: 1, inputFromCaller) with { BlockSamples = blockSamples, HasRoom = true }
            : BufferPlanner.Plan(graph, phases, parameters, blockSamples, inputFromCaller);
        Dictionary<int, KernelPlan> kernels = phases
            .SelectMany(static phase => phase.Ops)
            .ToDictionary(static op => op.Id, op => KernelPlanner.Plan(graph, op, buffers));
        return new PassPlan(
            graph, phases, buffers, kernels, SchedulePlanner.Plan(graph, phases, buffers, kernels));
    }

    /// <summary>The same pass for a single sample.</summary>
    public PassPlan OfSingle()
    {
        BufferPlan buffers = Buffers.OfSingle();
        Dictionary<int, KernelPlan> kernels = Kernels.ToDictionary(static pair => pair.Key, pair => OfSingle(Graph, Graph[pair.Key], pair.Value));
        return this with
        {
            Buffers = buffers,
            Kernels = kernels,
            Schedule = SchedulePlanner.Plan(Graph, Phases, buffers, kernels),
        };
    }

    private Op Input(int index) => Graph.Ops.First(op => op.Kind is InputOp input && input.Index == index);

    private static KernelPlan OfSingle(OpGraph graph, Op op, KernelPlan plan) => plan switch
    {
        _ when op.PerSample > 1 || op.Scope == OpScope.Step => plan,
        ProductPlan product when op.Shape.Vectors == 1 => OfSingle(product, graph[op.Inputs[1]]),
        ConvolutionPlan { Geometry: { Y.Pixels: 1, Positions: 1, YMargins.IsEmpty: true, Window.Rows.Size: 1 } geometry } convolution =>
            new SingleProductPlan(geometry.Depth, convolution.Units, convolution.Steps, TileChooser.ForSingle(convolution.Units))
            {
                Run = geometry.Run,
                RunStep = geometry.RunStep,
            },
        LoopPlan loop => OfSingle(graph, op, ((LoopOp)op.Kind).Body, loop),
        _ => plan,
    };

    private static LoopPlan OfSingle(OpGraph graph, Op op, LoopBody body, LoopPlan plan) => CellStepPlan.Merge(graph, op, body, new LoopPlan(body.Cell
        .Zip(plan.Cell, (step, kernel) => kernel is ProductPlan product ? InTurns(body, OfSingle(product, graph[op.Inputs[((CellProduct)step).Weights]])) : kernel)
        .ToEquatableArray()));

    // From step to step little but the kernel passes through the nearest cache. In 16 bits it has the tiles that it has in 32, and so the same sums.
    private static SingleProductPlan InTurns(LoopBody body, SingleProductPlan product) =>
        (body.Steps == 1 && !body.IsResumed) || product.Inputs * PanelLayout.Pad(product.Units) <= NearestCache.Floats
            ? product
            : product with { TakesTurns = true, Tiles = TileChooser.ForSingleInTurns(product.Units) };

    private static SingleProductPlan OfSingle(ProductPlan product, Op kernel) =>
        new(product.Inputs, product.Units, product.Steps, TileChooser.ForSingle(product.Units)) { HasPairs = kernel.Kind is RoundKernelOp { IsPaired: true } };
}
