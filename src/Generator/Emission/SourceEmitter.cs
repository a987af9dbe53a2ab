using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>Plans to text: the user's class, the schedule, and the kernels of each machine.</summary>
internal static class SourceEmitter
{
    public static NetworkCode Emit(NetworkPlan plan, EquatableArray<SimdMachine> machines)
    {
        var kernels = new KernelNames(plan);
        SimdTarget[] targets = [.. machines.Select(SimdTarget.Of)];
        return new NetworkCode(
            EquatableArray.Of(NetworkClassEmitter.Emit(plan), KernelFile.Schedule(plan, kernels, targets)),
            new KernelSet(
                plan.Network.Model.Header,
                machines,
                kernels.Kernels.Select(kernel => KernelFile.Written(kernel, plan.Network.Model.Header, targets)).ToEquatableArray()));
    }
}
