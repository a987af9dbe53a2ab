using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Graph.Passes;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;
using Unroll.Generator.Tests.Graph.Passes;

namespace Unroll.Generator.Tests.Planning;

/// <summary>How many rows the memory of a cell has, and which of them a step reads and writes.</summary>
public sealed class LoopMemoryTests
{
    private const int Steps = 4;

    /// <summary>The last state alone is one vector; all of them are one a step, and the one before the first.</summary>
    [Theory]
    [InlineData("[LSTM(5)]", 1)]
    [InlineData("[LSTM(5, ReturnSequences = true)]", Steps + 1)]
    [InlineData("[GRU(5)]", 1)]
    [InlineData("[GRU(5, ReturnSequences = true)]", Steps + 1)]
    public void StatesThatAreReadAfterTheLoopLast(string layer, int rows)
    {
        OpGraph graph = PassList.ForInference(PassGraphs.Forward(layer, $"{Steps}, 3"));
        (LoopMemory memory, LoopBody body) = LoopsOf(graph).Single();

        Assert.Equal(rows, Carried(body).Max(memory.RowsOf));
    }

    /// <summary>Forwards, backwards, and on the way back of both: what a step leaves, the next finds.</summary>
    [Theory]
    [InlineData("[LSTM(5)]")]
    [InlineData("[GRU(5, ReturnSequences = true)]")]
    [InlineData("[LSTM(5, ReturnSequences = true, Bidirectional = BidirectionalMerge.Concat)]")]
    public void AStepReadsWhatTheOneBeforeHasWritten(string layer)
    {
        OpGraph graph = PassList.ForTraining(GradientBuilder.AddBackward(PassGraphs.Forward(layer, $"{Steps}, 3")));
        Assert.Contains(LoopsOf(graph), static loop => loop.Body.IsReversed);
        foreach ((LoopMemory memory, LoopBody body) in LoopsOf(graph))
        {
            int[] order = [.. body.IsReversed ? Enumerable.Range(0, Steps).Reverse() : Enumerable.Range(0, Steps)];
            foreach (int slot in Carried(body))
            {
                int row = memory.FirstRow(slot);
                foreach (int step in order)
                {
                    Assert.Equal(row, RowOf(isWritten: false));
                    row = RowOf(isWritten: true);
                    Assert.InRange(row, 0, memory.RowsOf(slot) - 1);

                    int RowOf(bool isWritten)
                    {
                        Offset offset = memory.RowOf(slot, isWritten, step);
                        Assert.True(offset.IsConstant);
                        return offset.Constant;
                    }
                }

                Assert.Equal(row, memory.LastRow(slot));
            }
        }
    }

    private static IEnumerable<int> Carried(LoopBody body) =>
        Enumerable.Range(0, body.Slots.Count).Where(slot => body.Slots[slot].Kind == LoopSlotKind.Carried);

    private static (LoopMemory Memory, LoopBody Body)[] LoopsOf(OpGraph graph) =>
    [
        .. graph.Ops.Where(static op => op.Kind is LoopOp).Select(op => (new LoopMemory(graph, op, ((LoopOp)op.Kind).Body), ((LoopOp)op.Kind).Body)),
    ];
}
