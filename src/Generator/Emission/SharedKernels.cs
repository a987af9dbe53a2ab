using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>
/// The kernels of a project's networks. Those that several networks have are written in the first alone, and called by the others, so that
/// a project of many similar networks costs the C# compiler, and the JIT compiler, little more than one.
/// </summary>
internal sealed class SharedKernels
{
    private readonly Dictionary<KernelPlan, KernelOwner> _owners = [];

    /// <param name="sets">The networks, in an order that an edit elsewhere does not change.</param>
    public SharedKernels(IEnumerable<KernelSet> sets)
    {
        foreach (KernelSet set in sets)
        {
            foreach (WrittenKernel kernel in set.Kernels)
            {
                if (!_owners.ContainsKey(kernel.Plan))
                {
                    _owners.Add(kernel.Plan, new KernelOwner(set.Header, kernel.Name));
                }
            }
        }
    }

    /// <summary>Who holds each of a network's kernels.</summary>
    public EquatableArray<KernelOwner> OwnersOf(KernelSet set) => set.Kernels.Select(kernel => _owners[kernel.Plan]).ToEquatableArray();
}
