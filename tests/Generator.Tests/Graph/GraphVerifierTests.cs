using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Lowering;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Graph;

/// <summary>A graph that a rewrite would have broken is refused, whichever way it is broken.</summary>
public sealed class GraphVerifierTests
{
    // Floats are value 0. The ids are read as numbers too, which is sound.
    private static readonly OpGraph s_sound = GradientBuilder.AddBackward(GraphBuilder.Lower(ShapeInference.Run(ParsedModel.Of(
        "[Network] [Input(\"x\", 6)] [Input(\"steps\", 4, 2)] [Input(\"ids\", 2, 3)] [Flatten(Name = \"all\")] [Embedding(9, 4)] [Flatten(Name = \"rows\")] "
            + "[Dense(3, Activation.Relu, From = \"x\", Name = \"seen\")] [GRU(3, ReturnSequences = true, From = \"steps\")] [GRU(5)] "
            + "[Concatenate(\"seen\", \"\", \"rows\", \"all\")] [Dense(2)] public partial class Net;")).Network!));

    // What is broken, what the verifier says of it, and how to break it.
    private static readonly Dictionary<string, (string Message, Func<OpGraph, OpGraph> Break)> s_breaks = new()
    {
        ["uses a value that comes later"] = ("before it is computed", static graph => graph with { Ops = graph.Ops.Reverse().ToEquatableArray() }),
        ["uses a value that is gone"] = ("before it is computed", static graph =>
            graph with { Ops = graph.Ops.Where(static op => op.Kind is not InputOp).ToEquatableArray() }),
        ["computes a value twice"] = ("stands twice", static graph => graph with { Ops = graph.Ops.Append(graph.Ops[0]).ToEquatableArray() }),
        ["gives an output that nobody computes"] = ("output 999 is not computed", static graph =>
            graph with { Outputs = EquatableArray.Of(new GraphOutput(999, null)) }),
        ["has a product of the wrong width"] = ("has operands that do not fit", static graph =>
            Change<ContractOp>(graph, static op => op with { Shape = Shape.Of(7) })),
        ["has a product without its kernel"] = ("has operands that do not fit", static graph =>
            Change<ContractOp>(graph, static op => op with { Inputs = EquatableArray.Of(op.Inputs[0]) })),
        ["has an elementwise operation of another shape"] = ("whose bias does not fit", static graph =>
            Change<ElementwiseOp>(graph, static op => op with { Shape = Shape.Of(9) })),
        ["has a step without its operand"] = ("lacks the bias of a step", static graph =>
            Change<ElementwiseOp>(graph, static op => op with { Inputs = EquatableArray.Of(op.Inputs[0]) })),
        ["has a transposed kernel that is not"] = ("has operands that do not fit", static graph =>
            Change<TransposeOp>(new LowerContractions().Apply(graph), static op => op with { Shape = Shape.Of(op.Shape[1], op.Shape[0]) })),
        ["has a sum over the batch for each sample"] = ("sums over the batch in the wrong scope", static graph =>
            Change<BatchSumOp>(graph, static op => op with { Scope = OpScope.Sample })),
        ["computes once what each sample has"] = ("belongs to the step, but reads what each sample has", static graph =>
            Change<ReshapeOp>(graph, static op => op with { Scope = OpScope.Step })),
        ["adds what each sample has as a bias"] = ("whose bias does not fit", static graph =>
            Change<ElementwiseOp>(graph, static op => op with { Inputs = EquatableArray.Of(op.Inputs[0], op.Inputs[0]) })),
        ["has no parameter for a gradient"] = ("has not its parameter's shape", static graph => graph with
        {
            Gradients = EquatableArray.Of(graph.Gradients[0] with { Parameter = 999 }),
        }),
        ["reads another number of values a sample"] = ("has 2 values a sample and reads other numbers of them", static graph =>
            Change<ElementwiseOp>(graph, static op => op with { PerSample = 2 })),
        ["has a loss of another shape"] = ("has operands that do not fit", static graph => Change<LossOp>(graph, static op => op with { Shape = Shape.Of(5) })),
        ["gives a parameter the gradient of another"] = ("has not its parameter's shape", static graph => graph with
        {
            Gradients = EquatableArray.Of(graph.Gradients[0] with { Value = graph.Gradients[1].Value }),
        }),
        ["gathers rows by floats"] = ("reads floats, value 0, as ids", static graph =>
            Change<GatherOp>(graph, static op => op with { Inputs = EquatableArray.Of(0, op.Inputs[1]) })),
        ["adds gradients to rows by floats"] = ("reads floats, value 0, as ids", static graph =>
            Change<GatherGradientOp>(graph, static op => op with { Inputs = EquatableArray.Of(0, op.Inputs[1]) })),
        ["takes floats for whole numbers"] = ("is said to have elements WholeNumber, but has Float", static graph =>
            Change<InputOp>(graph, static op => op with { Element = ElementType.WholeNumber })),
        ["takes a product for whole numbers"] = ("is said to have elements WholeNumber, but has Float", static graph =>
            Change<ContractOp>(graph, static op => op with { Element = ElementType.WholeNumber })),
        ["has a loop of another number of steps"] = ("has operands that do not fit", static graph =>
            Change<LoopOp>(graph, static op => op with { Shape = op.Shape.With(0, 5) })),
        ["has a loop of another width"] = ("has operands that do not fit", static graph =>
            Change<LoopOp>(graph, static op => op with { Shape = op.Shape.WithLast(op.Shape.Last + 1) })),
        ["reads fewer states of a loop"] = ("is no value of LoopOp", static graph =>
            Change<LoopStatesOp>(graph, static op => op with { Shape = op.Shape.With(0, 3) })),
        ["reads narrower states of a loop"] = ("is no value of LoopOp", static graph =>
            Change<LoopStatesOp>(graph, static op => op with { Shape = op.Shape.WithLast(2) })),
        ["reads states of what a loop does not carry"] = ("is no value of LoopOp", static graph =>
            Change<LoopStatesOp>(graph, op => OfLocal(graph, op, static slot => new LoopStatesOp(slot, IsAfter: true)))),
        ["reads the last state of a loop as a sequence"] = ("is no value of LoopOp", static graph =>
            Change<LoopFinalOp>(graph, static op => op with { Shape = Shape.Of(1, op.Shape.Last) })),
        ["reads a wider last state of a loop"] = ("is no value of LoopOp", static graph =>
            Change<LoopFinalOp>(graph, static op => op with { Shape = Shape.Of(op.Shape.Last + 1) })),
        ["reads the last state of what a loop does not carry"] = ("is no value of LoopOp", static graph =>
            Change<LoopFinalOp>(graph, op => OfLocal(graph, op, static slot => new LoopFinalOp(slot)))),
        ["reads more rows than a loop has"] = ("is no value of LoopOp", static graph =>
            Change<LoopRowsOp>(graph, static op => op with { Shape = op.Shape.With(0, op.Shape[0] + 1) })),
        ["reads wider rows than a loop has"] = ("is no value of LoopOp", static graph =>
            Change<LoopRowsOp>(graph, static op => op with { Shape = op.Shape.WithLast(op.Shape.Last + 1) })),
        ["reads rows that a loop does not have"] = ("is no value of LoopOp", static graph =>
            Change<LoopRowsOp>(graph, op => op with { Kind = new LoopRowsOp(BodyOf(graph, op).Slots.Count) })),
        ["reads rows of what is no loop"] = ("is no value of InputOp 0", static graph =>
            Change<LoopRowsOp>(graph, static op => op with { Inputs = EquatableArray.Of(0) })),
        ["takes ids elsewhere for floats"] = ("is said to have elements Float, but has WholeNumber", static graph =>
            Change<ReshapeOp>(graph, static op => op with { Element = ElementType.Float })),
    };

    public static TheoryData<string> Breaks => [.. s_breaks.Keys];

    [Fact]
    public void ASoundGraphPasses() => GraphVerifier.Check(s_sound, after: "nothing");

    [Theory]
    [MemberData(nameof(Breaks))]
    public void ABrokenOneIsRefused(string what)
    {
        OpGraph broken = s_breaks[what].Break(s_sound);

        string message = Assert.Throws<InvalidOperationException>(() => GraphVerifier.Check(broken, after: "the test")).Message;
        Assert.StartsWith("after the test: ", message, StringComparison.Ordinal);
        Assert.Contains(s_breaks[what].Message, message, StringComparison.Ordinal);
    }

    /// <summary>What comes of a clock's values exists when it ticks, which is not when those of every step do.</summary>
    [Fact]
    public void ValuesOfTwoClocksAreNotReadTogether()
    {
        var writer = new GraphWriter();
        var label = new OpLabel("net", "Test");
        Op x = writer.Add(new InputOp(0), Shape.Of(3), OpScope.Sample, label);
        Op clock = writer.Add(new ClockOp(Period: 2, First: 0), ClockOp.State, OpScope.Sample, label);
        Op ticked = writer.Add(new WhenOp(), x.Shape, OpScope.Sample, label, x, clock);
        Op otherClock = writer.Add(new ClockOp(Period: 3, First: 0), ClockOp.State, OpScope.Sample, label);
        Op otherTicked = writer.Add(new WhenOp(), x.Shape, OpScope.Sample, label, x, otherClock);
        OpGraph Sum(Op a, Op b) => new(
            writer.Ops.Append(new Op(99, new ElementwiseOp(EquatableArray.Of<ElementwiseStep>(new AddValue())), EquatableArray.Of(a.Id, b.Id), x.Shape, OpScope.Sample, label))
                .ToEquatableArray(),
            default,
            default,
            default);

        GraphVerifier.Check(Sum(ticked, ticked), after: "nothing");
        Assert.All(new[] { Sum(ticked, x), Sum(x, ticked), Sum(ticked, otherTicked) }, static graph => Assert.EndsWith(
            "reads values of different clocks",
            Assert.Throws<InvalidOperationException>(() => GraphVerifier.Check(graph, after: "the test")).Message,
            StringComparison.Ordinal));
    }

    /// <summary>Of 8 × 7 pixels a window of 3 × 3 has 6 × 5 positions, which are 3 × 2 blocks.</summary>
    [Theory]
    [InlineData(3, 2, true)]
    [InlineData(4, 2, false)]
    [InlineData(3, 3, false)]
    public void APooledConvolutionHasPositionsForItsBlocks(int rows, int columns, bool isSound)
    {
        OpGraph graph = PassList.ForInference(GraphBuilder.Lower(
            ShapeInference.Run(ParsedModel.Of("[Network(8, 7, 2)] [Conv2D(5, 3)] [MaxPooling2D(2)] public partial class Net;")).Network!));
        OpGraph changed = Change<ConvolutionOp>(graph, op => op with { Shape = Shape.Of(rows, columns, 5) });

        Assert.Equal(isSound, Record.Exception(() => GraphVerifier.Check(changed, after: "the test")) is null);
    }

    private static LoopBody BodyOf(OpGraph graph, Op value) => ((LoopOp)graph[value.Inputs[0]].Kind).Body;

    // The same of a slot that each step computes anew.
    private static Op OfLocal(OpGraph graph, Op value, Func<int, OpKind> read)
    {
        LoopBody body = BodyOf(graph, value);
        LoopSlot local = body.Slots.First(static slot => slot.Kind == LoopSlotKind.Local);
        return value with { Kind = read(body.Slots.ToList().IndexOf(local)), Shape = value.Shape.WithLast(local.Columns) };
    }

    // The first operation of a kind is changed.
    private static OpGraph Change<TKind>(OpGraph graph, Func<Op, Op> change)
        where TKind : OpKind
    {
        Op first = graph.Ops.First(static op => op.Kind is TKind);
        return graph with { Ops = graph.Ops.Select(op => op.Id == first.Id ? change(op) : op).ToEquatableArray() };
    }
}
