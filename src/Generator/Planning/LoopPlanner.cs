using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>Where the slots of a loop lie, and how its cell is computed.</summary>
internal static class LoopPlanner
{
    /// <summary>The kernels of the cell.</summary>
    public static LoopPlan Plan(OpGraph graph, Op op, LoopBody body, BufferPlan buffers)
    {
        var memory = new LoopMemory(graph, op, body);
        return new LoopPlan(body.Cell.Select(KernelPlan (step) => step switch
        {
            CellProduct product => PlanProduct(graph[op.Inputs[product.Weights]], product, body, op, buffers),
            CellLanes lanes => PlanLanes(memory, lanes, body, op, buffers),
            _ => throw new InvalidOperationException($"no kernel for {step}"),
        }).ToEquatableArray());
    }

    /// <summary>A copy of what the loop has computed, or nothing where it is read in its place.</summary>
    public static KernelPlan PlanValue(Op op, BufferPlan buffers) =>
        buffers[op.Id].Layout.Shows is null ? CallPlanner.Call("SampleRows.Copy") : new ViewPlan();

    /// <summary>The operands of formulas in the order of the kernel's: those read, then those written and of use.</summary>
    public static IReadOnlyList<LaneAccess> AccessesOf(LoopMemory memory, CellLanes lanes)
    {
        LaneProgram program = WithoutUnread(memory, lanes);
        IReadOnlyList<bool> used = program.Used();
        IEnumerable<int> read = program.Nodes.Where((_, node) => used[node]).Select(static node => node switch
        {
            LaneRead lane => lane.Operand,
            LaneScalar scalar => scalar.Operand,
            _ => -1,
        });
        return
        [
            .. read.Where(static operand => operand >= 0).Distinct().Select(static operand => new LaneAccess(operand, IsWritten: false)),
            .. program.Writes.Select(static write => write.Operand).Distinct().Select(static operand => new LaneAccess(operand, IsWritten: true)),
        ];
    }

    private static ProductPlan PlanProduct(Op w, CellProduct product, LoopBody body, Op op, BufferPlan buffers)
    {
        ElementwiseStep[] steps = product switch
        {
            { IsAdded: true } => [new AddValue()],
            { Bias: >= 0 } => [new AddBias()],
            _ => [],
        };
        return new ProductPlan(
            w.Shape[0],
            w.Shape[1],
            LoopMemory.BufferOf(body.Slots[product.X], op, buffers).SampleStride,
            LoopMemory.BufferOf(body.Slots[product.Y], op, buffers).SampleStride,
            Streamed: 0,
            steps.ToEquatableArray(),
            TileChooser.ForSamples(buffers.BlockSamples * op.PerSample, buffers.BlockSamples, PanelLayout.Computed(w.Shape[1]), w.Shape[0]));
    }

    private static KernelPlan PlanLanes(LoopMemory memory, CellLanes lanes, LoopBody body, Op op, BufferPlan buffers)
    {
        LaneProgram program = WithoutUnread(memory, lanes);
        if (program.Writes.Count == 0)
        {
            return new ViewPlan();
        }

        IReadOnlyList<LaneAccess> accesses = AccessesOf(memory, lanes);
        int Numbered(int operand, bool isWritten) => accesses.ToList().IndexOf(new LaneAccess(operand, isWritten));
        return new LanePlan(
            Compact(program, Numbered),
            accesses.Select(access =>
            {
                LoopSlot slot = body.Slots[lanes.Slots[access.Operand]];
                return new LaneOperand(slot.Name, LoopMemory.BufferOf(slot, op, buffers).SampleStride);
            }).ToEquatableArray(),
            lanes.Width);
    }

    // What is stored for nobody is not computed.
    private static LaneProgram WithoutUnread(LoopMemory memory, CellLanes lanes) => lanes.Program with
    {
        Writes = lanes.Program.Writes.Where(write => memory.IsOfUse(lanes.Slots[write.Operand])).ToEquatableArray(),
    };

    // Only the nodes in use, and the operands by the numbers the kernel gives them.
    private static LaneProgram Compact(LaneProgram program, Func<int, bool, int> numbered)
    {
        IReadOnlyList<bool> used = program.Used();
        int[] places = new int[used.Count];
        var nodes = new List<LaneNode>();
        for (int node = 0; node < used.Count; node++)
        {
            if (used[node])
            {
                places[node] = nodes.Count;
                nodes.Add(program.Nodes[node] switch
                {
                    LaneRead read => read with { Operand = numbered(read.Operand, false) },
                    LaneScalar scalar => new LaneScalar(numbered(scalar.Operand, false)),
                    LaneArithmetic term => term with { Left = places[term.Left], Right = places[term.Right] },
                    LaneActivate activate => activate with { X = places[activate.X] },
                    LaneActivateGradient gradient => gradient with { Dy = places[gradient.Dy], Saved = places[gradient.Saved] },
                    LaneSelect choice => new LaneSelect(places[choice.Condition], places[choice.Yes], places[choice.No]),
                    LaneNode other => other,
                });
            }
        }

        return new LaneProgram(
            nodes.ToEquatableArray(),
            program.Writes.Select(write => new LaneWrite(numbered(write.Operand, true), write.Part, places[write.Node])).ToEquatableArray());
    }
}

/// <param name="Operand">The operand's number in the program.</param>
internal sealed record LaneAccess(int Operand, bool IsWritten);
