using Unroll.Generator.Graph;

namespace Unroll.Generator.Planning;

/// <summary>What an operation is expected to take, for a block of samples. Rough, but enough to say where the time goes.</summary>
internal static class KernelCost
{
    // A cycle moves a vector; an exponential, its range reduction and its polynomial take some twenty instructions.
    private const double CyclesAVector = 1.5;
    private const double CyclesACostlyStep = 15;
    private const double CyclesACall = 20;

    private const double CyclesAcrossASum = 3;

    // A loss is evaluated value by value.
    private const double CyclesALossTerm = 8;

    public static IReadOnlyList<Tile> TilesOf(KernelPlan plan) => plan switch
    {
        ProductPlan product => product.Tiles,
        TransposedProductPlan product => product.Tiles,
        LaneProductPlan product => product.Tiles,
        KernelGradientPlan gradient => gradient.Tiles,
        ConvolutionPlan convolution => convolution.Tiles,
        ConvolutionKernelGradientPlan gradient => gradient.Tiles,
        DepthwisePlan depthwise => depthwise.Tiles,
        HeadProductPlan product => product.Tiles,
        _ => [],
    };

    public static double CyclesABlock(PassPlan pass, Op op, SimdMachine machine)
    {
        KernelPlan plan = pass.Kernels[op.Id];
        machine = plan.MachineFor(machine);
        int samples = pass.Buffers.BlockSamples * pass.Buffers[op.Kind.SumsOverBatch ? op.Inputs[0] : op.Id].PerSample;
        double vectors = BytesABlock(pass, op) / (sizeof(float) * (double)machine.Lanes);
        double elementwise = CyclesACall + (CyclesAVector * vectors);
        return plan switch
        {
            ProductPlan product => CyclesACall + TileChooser.Cycles(
                product.Tiles.On(machine), product.ComputedColumns, product.Inputs, samples * op.Shape.Vectors),
            TransposedProductPlan product => CyclesACall + (samples * op.Shape.Vectors * product.Units
                * (CyclesAcrossASum + (CyclesAVector * PanelLayout.Pad(product.Inputs) / machine.Lanes))),
            LaneProductPlan product => CyclesACall + (samples / (double)SampleLanes.Group
                * TileChooser.LaneCycles(product.Tiles.On(machine), product.Units, product.Inputs)),
            KernelGradientPlan gradient => CyclesACall + TileChooser.Cycles(
                gradient.Tiles.On(machine), gradient.ComputedColumns, samples * pass.Buffers[op.Inputs[0]].Vectors, gradient.Inputs),
            ConvolutionPlan convolution => CyclesACall + (samples * convolution.Geometry.Y.Rows * TileChooser.Cycles(
                convolution.Tiles.On(machine), convolution.ComputedColumns, convolution.Geometry.Depth, convolution.Geometry.Y.Columns)),
            ConvolutionKernelGradientPlan gradient => CyclesACall + ((gradient.HasShortRuns ? 1 : gradient.Geometry.Runs) * TileChooser.Cycles(
                gradient.Tiles.On(machine),
                gradient.ComputedColumns,
                samples * gradient.Geometry.Y.Pixels,
                gradient.HasShortRuns ? gradient.Geometry.Depth : gradient.Geometry.Run)),
            LoopPlan loop => op.Shape.Vectors * loop.Kernels.Sum(kernel => kernel is ProductPlan cell
                ? CyclesACall + TileChooser.Cycles(cell.Tiles.On(cell.MachineFor(machine)), cell.ComputedColumns, cell.Inputs, samples)
                : CyclesACall + (CyclesACostlyStep * samples * LaneVectors(kernel, machine))),
            HeadProductPlan product => CyclesACall + (samples * product.Heads * TileChooser.Cycles(
                product.Tiles.On(machine), product.ComputedColumns, product.Depth, product.Rows)),
            CallPlan or DepthwisePlan or DepthwiseKernelGradientPlan when MultiplyAddsABlock(pass, op) is > 0 and long sums => CyclesACall + (CyclesAVector * sums / machine.Lanes),
            LossPlan => CyclesACall + (CyclesALossTerm * samples * op.Shape.Size),
            SoftmaxPlan => elementwise + (CyclesACostlyStep * vectors / 2),
            ElementwisePlan steps => elementwise + (CyclesACostlyStep * vectors / 2 * steps.Steps.Count(static step => !step.IsCheap)),
            _ => elementwise,
        };
    }

    public static long MultiplyAddsABlock(PassPlan pass, Op op) => pass.Graph.MultiplyAddsOf(op) * pass.Buffers.BlockSamples;

    /// <summary>Operands and result, padding included: once where they belong to the step, for each sample of a block otherwise.</summary>
    public static long BytesABlock(PassPlan pass, Op op) => op.Inputs.Append(op.Id).Distinct().Sum(id =>
    {
        ValueBuffer buffer = pass.Buffers[id];
        int samples = buffer.Place is MemoryPlace.Block or MemoryPlace.Caller ? pass.Buffers.BlockSamples : 1;
        return (long)sizeof(float) * buffer.SampleFloats * samples;
    });

    private static int LaneVectors(KernelPlan kernel, SimdMachine machine) =>
        kernel is LanePlan lanes ? lanes.Width / machine.Lanes * lanes.Operands.Count : 0;
}
