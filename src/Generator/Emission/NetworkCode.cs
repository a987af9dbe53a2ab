using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>What a network becomes: files of its own, and kernels that other networks of the project may have too.</summary>
/// <param name="Files">The user's class and the schedule.</param>
/// <param name="Kernels">The kernels; null where there are none.</param>
internal sealed record NetworkCode(EquatableArray<GeneratedFile> Files, KernelSet? Kernels = null);

/// <summary>The kernels of a network, in the order of first use.</summary>
/// <param name="Header">The network.</param>
/// <param name="Machines">Those that the kernels are written for, widest first.</param>
/// <param name="Kernels">The kernels.</param>
internal sealed record KernelSet(TypeHeader Header, EquatableArray<SimdMachine> Machines, EquatableArray<WrittenKernel> Kernels);

/// <summary>A kernel as text.</summary>
/// <param name="Name">The method.</param>
/// <param name="Plan">What it computes: two of the same plan differ in their names alone.</param>
/// <param name="Declared">Its parameters, as declared.</param>
/// <param name="Passed">Its parameters, as passed on.</param>
/// <param name="Texts">The method on each machine that has one.</param>
internal sealed record WrittenKernel(string Name, KernelPlan Plan, string Declared, string Passed, EquatableArray<KernelText> Texts)
{
    /// <summary>The method on a machine; null where none is needed.</summary>
    public string? On(SimdMachine machine) => Texts.FirstOrDefault(text => text.Machine == machine)?.Text;
}

/// <summary>A kernel's method on one machine.</summary>
internal sealed record KernelText(SimdMachine Machine, string Text);

/// <summary>The method that holds a kernel.</summary>
/// <param name="Network">The network whose it is.</param>
/// <param name="Name">The method.</param>
internal sealed record KernelOwner(TypeHeader Network, string Name);
