using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>Plans to text: the user's class, the schedule, and one file of kernels a machine.</summary>
internal static class SourceEmitter
{
    public static EquatableArray<GeneratedFile> Emit(NetworkPlan plan, EquatableArray<SimdMachine> machines)
    {
        var kernels = new KernelNames(plan);
        SimdTarget[] targets = [.. machines.Select(SimdTarget.Of)];
        return new GeneratedFile[]
        {
            NetworkClassEmitter.Emit(plan),
            KernelFile.Schedule(plan, kernels, targets),
        }
        .Concat(targets.Select(target => KernelFile.Kernels(plan, kernels, target, targets)))
        .ToEquatableArray();
    }
}
