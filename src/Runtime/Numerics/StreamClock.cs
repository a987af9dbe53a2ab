using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>A clock of a stream, which ticks at some of its steps: in memory a whole number of steps, and another that says whether it ticks at this one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StreamClock
{
    /// <summary>Counts a step: a clock ticks at step <paramref name="first"/>, counted from 0, and each <paramref name="period"/> steps from there on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(ref float clock, nuint samples, int stride, int period, int first)
    {
        for (; samples != 0; samples--)
        {
            // At a tick a period is taken off: the number stays small however long the stream is.
            ref int steps = ref Unsafe.As<float, int>(ref clock);
            bool ticks = steps >= first;
            steps += ticks ? 1 - period : 1;
            Unsafe.Add(ref steps, 1) = ticks ? 1 : 0;
            clock = ref Unsafe.Add(ref clock, stride);
        }
    }

    /// <summary>Whether the clock ticks at the step that was counted last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Ticks(ref float clock) => Unsafe.As<float, int>(ref Unsafe.Add(ref clock, 1)) != 0;
}
