using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Unroll.Numerics;

namespace Unroll;

/// <summary>One pass over a run of parameters: clip and scale the gradient, decay the parameter, apply the rule.</summary>
internal static class UpdateLoop
{
    public static void Run<TRule>(Optimizer optimizer, in OptimizerStep step, TRule rule)
        where TRule : struct, IUpdateRule
    {
        if (SimdWidth.Is512)
        {
            Run<TRule, Simd512, Vector512<float>>(optimizer, step, rule);
        }
        else if (SimdWidth.Is256)
        {
            Run<TRule, Simd256, Vector256<float>>(optimizer, step, rule);
        }
        else
        {
            Run<TRule, Simd128, Vector128<float>>(optimizer, step, rule);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRule, S, V>(Optimizer optimizer, in OptimizerStep step, TRule rule)
        where TRule : struct, IUpdateRule
        where S : struct, ISimd<V>
        where V : struct
    {
        var preparation = new Preparation(optimizer, step);
        ReadOnlySpan<float> gradients = step.Gradients;
        Span<float> parameters = step.Parameters;
        Span<float> first = TRule.SlotCount > 0 ? step.Slot(0) : default;
        Span<float> second = TRule.SlotCount > 1 ? step.Slot(1) : default;
        Span<float> third = TRule.SlotCount > 2 ? step.Slot(2) : default;
        int whole = parameters.Length - (parameters.Length % S.Count);
        Vectors<TRule, S, V>(
            rule,
            preparation,
            ref MemoryMarshal.GetReference(parameters),
            in MemoryMarshal.GetReference(gradients),
            ref MemoryMarshal.GetReference(first),
            ref MemoryMarshal.GetReference(second),
            ref MemoryMarshal.GetReference(third),
            (nuint)whole);
        if (whole == parameters.Length)
        {
            return;
        }

        // The rest goes through one vector on the stack, by the same code, so that a parameter's bits do not depend on its place.
        Span<float> rest = stackalloc float[5 * S.Count];
        rest.Clear();
        Span<float> w = rest.Slice(S.Count, S.Count), a = rest.Slice(2 * S.Count, S.Count);
        Span<float> b = rest.Slice(3 * S.Count, S.Count), c = rest.Slice(4 * S.Count, S.Count);
        gradients[whole..].CopyTo(rest);
        parameters[whole..].CopyTo(w);
        Rest(first, whole).CopyTo(a);
        Rest(second, whole).CopyTo(b);
        Rest(third, whole).CopyTo(c);
        Vectors<TRule, S, V>(rule, preparation, ref w[0], in rest[0], ref a[0], ref b[0], ref c[0], (nuint)S.Count);
        CopyBack(w, parameters[whole..]);
        CopyBack(a, Rest(first, whole));
        CopyBack(b, Rest(second, whole));
        CopyBack(c, Rest(third, whole));
    }

    /// <summary>The loop proper, over <paramref name="count"/> floats, a multiple of the vector's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Vectors<TRule, S, V>(
        TRule rule,
        Preparation preparation,
        ref float parameters,
        ref readonly float gradients,
        ref float first,
        ref float second,
        ref float third,
        nuint count)
        where TRule : struct, IUpdateRule
        where S : struct, ISimd<V>
        where V : struct
    {
        for (nuint i = 0; i < count; i += (nuint)S.Count)
        {
            V parameter = S.Load(in parameters, i);
            V gradient = S.Load(in gradients, i);
            if (preparation.IsNeeded)
            {
                V limit = S.Broadcast(preparation.Limit);
                gradient = S.Multiply(gradient, S.Broadcast(preparation.Scale));
                gradient = S.Min(limit, S.Max(S.Negate(limit), gradient));
                parameter = S.Subtract(parameter, S.Multiply(parameter, S.Broadcast(preparation.Decay)));
            }

            V a = TRule.SlotCount > 0 ? S.Load(in first, i) : S.Zero;
            V b = TRule.SlotCount > 1 ? S.Load(in second, i) : S.Zero;
            V c = TRule.SlotCount > 2 ? S.Load(in third, i) : S.Zero;
            S.Store(rule.Apply<S, V>(parameter, gradient, ref a, ref b, ref c), ref parameters, i);
            if (TRule.SlotCount > 0)
            {
                S.Store(a, ref first, i);
            }

            if (TRule.SlotCount > 1)
            {
                S.Store(b, ref second, i);
            }

            if (TRule.SlotCount > 2)
            {
                S.Store(c, ref third, i);
            }
        }
    }

    private static Span<float> Rest(Span<float> slot, int whole) => slot.IsEmpty ? slot : slot[whole..];

    private static void CopyBack(Span<float> vector, Span<float> target) => vector[..target.Length].CopyTo(target);

    /// <summary>What happens to gradients and parameters before the rule.</summary>
    private readonly struct Preparation(Optimizer optimizer, in OptimizerStep step)
    {
        public readonly float Scale = step.GradientScale;
        public readonly float Limit = optimizer.ClipValue ?? float.PositiveInfinity;
        public readonly float Decay = step.LearningRate * optimizer.WeightDecay;

        public bool IsNeeded => Scale != 1f || Limit != float.PositiveInfinity || Decay != 0f;
    }
}
