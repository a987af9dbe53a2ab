using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Planning;
using Unroll.Generator.Tests.Graph.Passes;

namespace Unroll.Generator.Tests.Planning;

/// <summary>Runs through a plan and writes down whose value each float of a block holds.</summary>
public sealed class BufferPlannerTests
{
    private const int BlockSamples = 4;

    public static TheoryData<string, string> Networks => new()
    {
        { "[Dense(30, Activation.Tanh)] [Dense(20, Activation.Relu)] [LayerNormalization] [Dense(3, Activation.Softmax)]", "40" },
        { "[Dense(9, Name = \"a\")] [Dense(9, Activation.Gelu, Name = \"b\")] [Dropout(0.5f)] [Multiply(\"a\", \"\", \"b\")] [Concatenate(\"\", \"input\")]", "6" },
        { "[Conv2D(5, 3, Activation.Relu)] [MaxPooling2D(2)] [BatchNormalization] [Flatten] [Dense(3)]", "9, 8, 2" },
        { "[Masking] [LSTM(5, ReturnSequences = true)] [GRU(7, Bidirectional = BidirectionalMerge.Concat)] [Dense(3)]", "4, 3" },
        { "[SimpleRNN(6, ReturnSequences = true)] [MultiHeadAttention(2, 3)] [GlobalAveragePooling1D] [Dense(2)]", "5, 4" },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void NothingIsOverwrittenBeforeItsLastReader(string layers, string shape)
    {
        OpGraph forward = PassGraphs.Forward(layers, shape);
        OpGraph inference = PassList.ForInference(forward);
        OpGraph training = PassList.ForTraining(GradientBuilder.AddBackward(PassList.BeforeGradient(forward)));
        Run(inference, Plan(inference, inputFromCaller: true));
        Run(inference, Plan(inference, inputFromCaller: true).OfSingle());
        Run(training, Plan(training, inputFromCaller: false));
    }

    /// <summary>Inputs are packed: the vectors of what is computed of them are cache lines all the same.</summary>
    [Fact]
    public void EachValueOfASingleSampleBeginsACacheLine()
    {
        OpGraph graph = PassList.ForInference(PassGraphs.Forward("[Conv1D(4, 3)] [GRU(3)] [Dense(40)]", "7, 3"));
        BufferPlan plan = Plan(graph, inputFromCaller: false).OfSingle();

        Assert.Contains(plan.Buffers.Values, static buffer => buffer.Place == MemoryPlace.Block && buffer.SampleFloats % 16 != 0);
        Assert.All(plan.Buffers.Values.Where(static buffer => buffer.Place == MemoryPlace.Block), static buffer => Assert.Equal(0, buffer.Offset % 16));
        Assert.Equal(0, plan.BlockFloats % 16);
    }

    /// <summary>Six layers of 32 units: each reads one place and writes the other, its activation in place.</summary>
    [Fact]
    public void AStackNeedsTwoPlaces()
    {
        string layers = string.Concat(Enumerable.Repeat("[Dense(32, Activation.Tanh)] ", 6));

        Assert.Equal(2 * 32 * BlockSamples, Plan(PassList.ForInference(PassGraphs.Forward(layers, "32")), inputFromCaller: true).BlockFloats);
    }

    private static BufferPlan Plan(OpGraph graph, bool inputFromCaller) =>
        BufferPlanner.Plan(graph, PhasePlanner.Plan(graph), ParameterPlan.Plan(graph), BlockSamples, inputFromCaller);

    private static void Run(OpGraph graph, BufferPlan plan)
    {
        int[] holder = [.. Enumerable.Repeat(-1, plan.BlockFloats)];
        Op[] schedule = [.. graph.Ops.Where(static op => op.Kind is InputOp), .. PhasePlanner.Plan(graph).SelectMany(static phase => phase.Ops)];
        foreach (Op op in schedule)
        {
            int[] read = op.Kind is LoopValueOp value ? [value.SlotIn(graph, op)] : [.. op.Inputs];
            Assert.All(read, id => AssertHolds(plan, holder, id, op));

            // A loop computes its memory while it reads its operands; steps alone may write where they read.
            int[] written = op.Kind is LoopOp { Body: var body } ? [.. new LoopMemory(graph, op, body).Owned.Select(slot => body.Slots[slot].Id)] : [op.Id];
            foreach (int id in written.Where(id => plan[id] is { Place: MemoryPlace.Block, Layout.Shows: null }))
            {
                holder.AsSpan(plan[id].Offset, plan[id].SampleFloats * plan.BlockSamples).Fill(id);
            }

            int[] kept = op.Kind is ElementwiseOp or LaneStepsOp ? [.. op.Inputs.Skip(1)] : read;
            Assert.All(kept.Concat(written), id => AssertHolds(plan, holder, id, op));
        }

        Assert.All(graph.Roots, root => AssertHolds(plan, holder, root, schedule[^1]));
    }

    private static void AssertHolds(BufferPlan plan, int[] holder, int id, Op at)
    {
        ValueBuffer buffer = plan[id];
        int owner = id;
        while (plan[owner].Layout.Shows is int shown)
        {
            owner = shown;
        }

        if (buffer.Place == MemoryPlace.Block)
        {
            int[] others = [.. holder.AsSpan(buffer.Offset, plan[owner].SampleFloats * plan.BlockSamples).ToArray().Where(other => other != owner).Distinct()];
            Assert.True(others.Length == 0, $"At {at.Kind.GetType().Name} {at.Id}, {string.Join(", ", others)} lies where {owner} is read.");
        }
    }
}
