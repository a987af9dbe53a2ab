using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>Softmax over the units of groups of sixteen samples, one a lane.</summary>
internal static class LaneSoftmax<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    private const nuint Group = Panels.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(ref float x, ref float y, nuint samples, int columns)
    {
        nuint group = (nuint)columns * Group;
        for (nuint start = 0; start < samples * (nuint)columns; start += group)
        {
            for (nuint lane = start; lane < start + Group; lane += (nuint)S.Count)
            {
                V max = Largest(ref x, lane, group), sum = S.Zero;
                for (nuint unit = 0; unit < group; unit += Group)
                {
                    V e = Exponential<S, V>.ExpOrZero(S.Subtract(S.Load(in x, lane + unit), max));
                    S.Store(e, ref y, lane + unit);
                    sum = S.Add(sum, e);
                }

                V scale = S.Divide(S.Broadcast(1f), sum);
                for (nuint unit = 0; unit < group; unit += Group)
                {
                    S.Store(S.Multiply(S.Load(in y, lane + unit), scale), ref y, lane + unit);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Logarithm(ref float x, ref float y, nuint samples, int columns)
    {
        nuint group = (nuint)columns * Group;
        for (nuint start = 0; start < samples * (nuint)columns; start += group)
        {
            for (nuint lane = start; lane < start + Group; lane += (nuint)S.Count)
            {
                V max = Largest(ref x, lane, group), sum = S.Zero;
                for (nuint unit = 0; unit < group; unit += Group)
                {
                    sum = S.Add(sum, Exponential<S, V>.ExpOrZero(S.Subtract(S.Load(in x, lane + unit), max)));
                }

                V shift = S.Add(max, Unroll.Numerics.Logarithm<S, V>.Log(sum));
                for (nuint unit = 0; unit < group; unit += Group)
                {
                    S.Store(S.Subtract(S.Load(in x, lane + unit), shift), ref y, lane + unit);
                }
            }
        }
    }

    // Subtracted first: the exponential overflows above 88.7.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Largest(ref float x, nuint lane, nuint group)
    {
        V max = S.Load(in x, lane);
        for (nuint unit = Group; unit < group; unit += Group)
        {
            max = S.Max(max, S.Load(in x, lane + unit));
        }

        return max;
    }
}
