using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>How a method is compiled that every batch or prediction calls and that holds no vectors: it is fast from its first call on.</summary>
/// <remarks>
/// What holds vectors is marked <see cref="MethodImplOptions.AggressiveOptimization"/> everywhere, for which width there is shows where the program runs.
/// </remarks>
internal static class FirstCall
{
#if COMPILED_AHEAD
    /// <summary>Its machine code lies in the assembly, where nothing lies of what is marked.</summary>
    public const MethodImplOptions Optimized = default;
#else
    /// <summary>The JIT compiler optimizes it at once.</summary>
    public const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;
#endif
}
