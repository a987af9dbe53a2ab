using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Unroll.Fitting;

/// <summary>
/// Tells, once in a process, that a network's assembly is compiled without optimization. Its kernels are then some tens of times slower: the JIT
/// compiler optimizes no method of an assembly whose <see cref="DebuggableAttribute"/> forbids it, whatever attribute the method has.
/// </summary>
internal static class DebugBuild
{
    private static int s_isTold;

    /// <returns>The sentence; null where there is nothing to tell, or where it is told already.</returns>
    // NativeAOT optimizes whatever the assembly says, and a program of it is spared what reads attributes.
    public static string? TakeNotice(Assembly assembly) =>
        RuntimeFeature.IsDynamicCodeCompiled && IsUnoptimized(assembly) && Interlocked.Exchange(ref s_isTold, 1) == 0 ? Notice(assembly) : null;

    public static bool IsUnoptimized(Assembly assembly) => assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    public static string Notice(Assembly assembly) =>
        $"{assembly.GetName().Name} is built without optimization (Debug), and its networks train many times slower so. "
        + "Build it in Release (dotnet run -c Release), or set <Optimize>true</Optimize> in its project.";
}
