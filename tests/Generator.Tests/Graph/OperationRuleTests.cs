using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Tests.Graph;

/// <summary>Each kind of operation has a rule for its operands and its result: a graph is refused at the first operation that breaks one.</summary>
public sealed class OperationRuleTests
{
    /// <summary>A result that is refused, of kinds that may give one longer by 1 along the last axis too; null where they may give any.</summary>
    private static readonly Dictionary<Type, Func<Op, Shape>?> s_otherResults = new()
    {
        [typeof(InputOp)] = null,
        [typeof(ParameterOp)] = null,
        [typeof(FillOp)] = static op => Shape.Of(op.Shape.Last, 1),
        [typeof(SliceOp)] = static op => op.Shape.With(((SliceOp)op.Kind).Axis, 100),
        [typeof(SharedPartOp)] = static op => Shape.Of(op.Shape.Last + 1000),
        [typeof(SharedPlaceOp)] = static _ => Shape.Of(1),
    };

    /// <summary>Kinds whose operand may be longer along the last axis.</summary>
    private static readonly HashSet<Type> s_readAnyWidth =
    [
        typeof(ActivityPenaltyOp), typeof(FillOp), typeof(MaskWeightOp), typeof(SharedPartOp), typeof(SliceOp), typeof(LoopFinalOp), typeof(LoopRowsOp), typeof(LoopStatesOp),
    ];

    private static readonly Type[] s_kinds =
        [.. typeof(OpKind).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(OpKind)) && !type.IsAbstract)];

    public static TheoryData<Type> All => [.. s_kinds];

    public static TheoryData<Type> WithAResult => [.. s_kinds.Where(static kind => !s_otherResults.TryGetValue(kind, out Func<Op, Shape>? other) || other is not null)];

    public static TheoryData<Type> WithOperands => [.. s_kinds.Where(static kind => !IsSource(kind))];

    public static TheoryData<Type> WithOperandsOfOneWidth => [.. s_kinds.Where(static kind => !IsSource(kind) && !s_readAnyWidth.Contains(kind))];

    [Theory]
    [MemberData(nameof(All))]
    public void AnOperandTooMany(Type kind)
    {
        (OpGraph graph, Op op) = Find(kind);
        AssertRefused(graph, op, op with { Inputs = op.Inputs.Append(op.Inputs.Count > 0 ? op.Inputs[0] : graph.Ops.First(static any => any.Kind is InputOp).Id).ToEquatableArray() });
    }

    [Theory]
    [MemberData(nameof(WithOperands))]
    public void AnOperandTooFew(Type kind)
    {
        (OpGraph graph, Op op) = Find(kind);
        AssertRefused(graph, op, op with { Inputs = op.Inputs.Skip(1).ToEquatableArray() });
    }

    [Theory]
    [MemberData(nameof(WithAResult))]
    public void AResultOfAnotherShape(Type kind)
    {
        (OpGraph graph, Op op) = Find(kind);
        Shape other = s_otherResults.TryGetValue(kind, out Func<Op, Shape>? of) ? of!(op) : Larger(op.Shape, op.Shape.Rank - 1);
        AssertRefused(graph, op, op with { Shape = other });
    }

    [Theory]
    [MemberData(nameof(WithOperandsOfOneWidth))]
    public void AnOperandOfAnotherWidth(Type kind)
    {
        (OpGraph graph, Op op) = Find(kind);
        for (int i = 0; i < op.Inputs.Count; i++)
        {
            AssertRefusedWithOperand(graph, op, i, graph[op.Inputs[i]].Shape.Rank - 1);
        }
    }

    /// <summary>Where sizes of all axes follow from the others.</summary>
    [Theory]
    [InlineData(typeof(ConcatenateOp))]
    [InlineData(typeof(ContractOp))]
    [InlineData(typeof(ProductOp))]
    [InlineData(typeof(TransposeOp))]
    [InlineData(typeof(PermuteOp))]
    [InlineData(typeof(ScoresOp))]
    [InlineData(typeof(MixOp))]
    [InlineData(typeof(StepsLastOp))]
    [InlineData(typeof(ScaleStepsOp))]
    [InlineData(typeof(GatherGradientOp))]
    [InlineData(typeof(HistoryOp))]
    public void AnyAxisOfAnotherSize(Type kind)
    {
        (OpGraph graph, Op op) = Find(kind);
        for (int i = 0; i < op.Inputs.Count; i++)
        {
            for (int axis = 0; axis < graph[op.Inputs[i]].Shape.Rank; axis++)
            {
                AssertRefusedWithOperand(graph, op, i, axis);
            }
        }
    }

    private static bool IsSource(Type kind) => kind == typeof(InputOp) || kind == typeof(ParameterOp) || kind == typeof(ClockOp);

    // The first of its kind, in a graph that ends with it.
    private static (OpGraph Graph, Op Op) Find(Type kind)
    {
        foreach (OpGraph graph in EveryOperation.Graphs)
        {
            if (graph.Ops.FirstOrDefault(op => op.Kind.GetType() == kind) is { } found)
            {
                var end = new OpGraph(graph.Ops.TakeWhile(op => op.Id != found.Id).Append(found).ToEquatableArray(), default, default, default);
                GraphVerifier.Check(end, after: "nothing");
                return (end, found);
            }
        }

        Assert.Fail($"No network of {nameof(EveryOperation)} has a {kind.Name}: add one.");
        return default;
    }

    private static void AssertRefusedWithOperand(OpGraph graph, Op op, int index, int axis)
    {
        Op operand = graph[op.Inputs[index]];
        Op other = operand with { Id = graph.NextId, Kind = new InputOp(0, operand.Element), Inputs = default, Shape = Larger(operand.Shape, axis) };
        AssertRefused(graph, op, op with { Inputs = op.Inputs.Select((id, i) => i == index ? other.Id : id).ToEquatableArray() }, other);
    }

    private static void AssertRefused(OpGraph graph, Op op, Op broken, params Op[] before)
    {
        OpGraph changed = graph with { Ops = graph.Ops.Where(other => other.Id != op.Id).Concat(before).Append(broken).ToEquatableArray() };
        string message = Assert.Throws<InvalidOperationException>(() => GraphVerifier.Check(changed, after: "the test")).Message;
        Assert.StartsWith($"after the test: {op.Kind.GetType().Name} {op.Id} ", message, StringComparison.Ordinal);
    }

    private static Shape Larger(Shape shape, int axis) => shape.With(axis, shape[axis] + 1);
}
