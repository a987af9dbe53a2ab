using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Planning;

/// <summary>
/// A step of a small cell for a single sample: the product of the state and the formulas of the gates in one kernel. What a step waits for is
/// the step before; sums that stay in registers spare it a store and a load.
/// </summary>
/// <param name="Product">The sums of the gates.</param>
/// <param name="Lanes">The formulas.</param>
/// <param name="Sums">The formulas' operand that is the product's result.</param>
/// <param name="State">The formulas' operand that writes what the product reads.</param>
internal sealed record CellStepPlan(SingleProductPlan Product, LanePlan Lanes, int Sums, int State) : KernelPlan
{
    // Where a cell has more units, its weights take longer to read than its steps to wait.
    private const int MostUnits = 16;

    public int Units => Product.Inputs;

    public int Gates => PanelLayout.Pad(Product.Units) / Lanes.Width;

    public override int ComputedColumns => Units;

    /// <summary>The kernels of a cell with its product and its formulas as one, where it is small and has nothing else.</summary>
    public static LoopPlan Merge(OpGraph graph, Op op, LoopBody body, LoopPlan plan)
    {
        if (body.Cell.Count != 2
            || body.Cell[0] is not CellProduct product
            || body.Cell[1] is not CellLanes lanes
            || plan.Cell[0] is not SingleProductPlan { Inputs: <= MostUnits, HasPairs: false } single
            || plan.Cell[1] is not LanePlan formulas)
        {
            return plan;
        }

        var memory = new LoopMemory(graph, op, body);
        LaneAccess[] accesses = [.. LoopPlanner.AccessesOf(memory, lanes)];
        int sums = Array.FindIndex(accesses, access => lanes.Slots[access.Operand] == product.Y);
        int state = Array.FindIndex(accesses, access => access.IsWritten && lanes.Slots[access.Operand] == product.X);
        return sums < 0 || state < 0 || memory.Kept.Contains(product.Y)
            ? plan
            : new LoopPlan(EquatableArray.Of<KernelPlan>(new ViewPlan(), new CellStepPlan(single, formulas, sums, state)));
    }
}
