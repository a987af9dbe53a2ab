using Unroll.Generator.Graph;

namespace Unroll.Generator.Planning;

/// <summary>
/// How many samples a block holds: enough that each trip of a kernel through the caches is worth it, few enough that what one operation
/// reads of them, and writes, stays near a core. A sample of images can be too much by itself: then a block is one.
/// </summary>
internal static class BlockSize
{
    // 1 MiB of parameters: more come from an outer cache again for each block.
    private const int NearParameters = 256 * 1024;

    // 1.5 MiB of an operation's operands and result, of a second-level cache of 1 to 2 MiB.
    private const long NearFloats = 384 * 1024;

    public static int For(ParameterPlan parameters, params OpGraph[] graphs)
    {
        bool isInLanes = graphs.Any(static graph => graph.Ops.Any(static op => op.Kind.IsInLanes));
        int samples = parameters.Floats > NearParameters ? BufferPlan.FarSamples
            : isInLanes ? BufferPlan.LaneSamples
            : BufferPlan.NearSamples;
        foreach (OpGraph graph in graphs)
        {
            Op[] ops = [.. graph.Ops.Where(static op => op.Scope == OpScope.Sample)];
            long largest = ops.Max(op => FloatsOfImages(graph, op));
            long all = ops.Sum(Floats);
            while (samples > 1 && (samples * largest > NearFloats || samples * all > int.MaxValue))
            {
                samples /= 2;
            }
        }

        return samples;
    }

    // Pixels of an image are read at many positions of a window. Vectors pass through registers once, and fewer a block would only fetch kernels
    // more often: half as many made predictions of 784-4096-10 a twentieth slower.
    private static long FloatsOfImages(OpGraph graph, Op op) => op.Inputs
        .Select(input => graph[input])
        .Append(op)
        .Where(static value => value.Scope == OpScope.Sample && value.Shape.Vectors > 1)
        .Sum(Floats);

    private static long Floats(Op op) => (long)op.PerSample * op.Shape.Vectors * PanelLayout.RowStride(op.Shape);
}
