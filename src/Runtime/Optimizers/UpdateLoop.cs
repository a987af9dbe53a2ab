using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Unroll.Numerics;

namespace Unroll.Optimizers;

/// <summary>One pass over a run of parameters: clip and scale the gradient, decay the parameter, apply the rule.</summary>
internal static class UpdateLoop
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TRule>(Optimizer optimizer, in OptimizerStep step, in TRule rule)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<TRule, S, V>(Optimizer optimizer, in OptimizerStep step, in TRule rule)
        where TRule : struct, IUpdateRule
        where S : struct, ISimd<V>
        where V : struct
    {
        var clipAndDecay = new ClipAndDecay(optimizer, step);
        if (clipAndDecay.IsNeeded)
        {
            Run<TRule, ClipAndDecay, S, V>(step, rule, clipAndDecay);
        }
        else
        {
            Run<TRule, NoPreparation, S, V>(step, rule, default);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRule, TPreparation, S, V>(in OptimizerStep step, TRule rule, TPreparation preparation)
        where TRule : struct, IUpdateRule
        where TPreparation : struct, IPreparation
        where S : struct, ISimd<V>
        where V : struct
    {
        ReadOnlySpan<float> gradients = step.Gradients;
        Span<float> parameters = step.Parameters;
        Span<float> first = TRule.SlotCount > 0 ? step.Slot(0) : default;
        Span<float> second = TRule.SlotCount > 1 ? step.Slot(1) : default;
        Span<float> third = TRule.SlotCount > 2 ? step.Slot(2) : default;
        int whole = parameters.Length - (parameters.Length % S.Count);
        Vectors<TRule, TPreparation, S, V>(
            ref rule,
            ref preparation,
            ref MemoryMarshal.GetReference(parameters),
            in MemoryMarshal.GetReference(gradients),
            ref MemoryMarshal.GetReference(first),
            ref MemoryMarshal.GetReference(second),
            ref MemoryMarshal.GetReference(third),
            (nuint)whole);
        if (whole < parameters.Length)
        {
            RunRest<TRule, TPreparation, S, V>(
                ref rule, ref preparation, parameters[whole..], gradients[whole..], Rest(first, whole), Rest(second, whole), Rest(third, whole));
        }
    }

    // The rest goes through one vector on the stack, by the same code, so that a parameter's bits do not depend on its place.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunRest<TRule, TPreparation, S, V>(
        ref TRule rule,
        ref TPreparation preparation,
        Span<float> parameters,
        ReadOnlySpan<float> gradients,
        Span<float> first,
        Span<float> second,
        Span<float> third)
        where TRule : struct, IUpdateRule
        where TPreparation : struct, IPreparation
        where S : struct, ISimd<V>
        where V : struct
    {
        Span<float> rest = stackalloc float[5 * S.Count];
        rest.Clear();
        Span<float> w = rest.Slice(S.Count, S.Count), a = rest.Slice(2 * S.Count, S.Count);
        Span<float> b = rest.Slice(3 * S.Count, S.Count), c = rest.Slice(4 * S.Count, S.Count);
        gradients.CopyTo(rest);
        parameters.CopyTo(w);
        first.CopyTo(a);
        second.CopyTo(b);
        third.CopyTo(c);
        Vectors<TRule, TPreparation, S, V>(ref rule, ref preparation, ref w[0], in rest[0], ref a[0], ref b[0], ref c[0], (nuint)S.Count);
        CopyBack(w, parameters);
        CopyBack(a, first);
        CopyBack(b, second);
        CopyBack(c, third);
    }

    /// <summary>The loop proper, over <paramref name="count"/> floats, a multiple of the vector's.</summary>
    // A method of its own, its numbers by reference (and not readonly, which a call on a type parameter would copy): nothing spills, and a
    // multiply-add takes a number straight from memory to all lanes.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Vectors<TRule, TPreparation, S, V>(
        ref TRule rule,
        ref TPreparation preparation,
        ref float parameters,
        ref readonly float gradients,
        ref float first,
        ref float second,
        ref float third,
        nuint count)
        where TRule : struct, IUpdateRule
        where TPreparation : struct, IPreparation
        where S : struct, ISimd<V>
        where V : struct
    {
        for (nuint i = 0; i < count; i += (nuint)S.Count)
        {
            V parameter = S.Load(in parameters, i);
            V gradient = S.Load(in gradients, i);
            preparation.Apply<S, V>(ref parameter, ref gradient);
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

    /// <summary>What happens to a gradient and its parameter before the rule.</summary>
    private interface IPreparation
    {
        void Apply<S, V>(ref V parameter, ref V gradient)
            where S : struct, ISimd<V>
            where V : struct;
    }

    private readonly struct NoPreparation : IPreparation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<S, V>(ref V parameter, ref V gradient)
            where S : struct, ISimd<V>
            where V : struct
        {
        }
    }

    private readonly struct ClipAndDecay(Optimizer optimizer, in OptimizerStep step) : IPreparation
    {
        private readonly float _scale = step.GradientScale;
        private readonly float _limit = optimizer.ClipValue ?? float.PositiveInfinity;
        private readonly float _decay = step.LearningRate * optimizer.WeightDecay;

        public bool IsNeeded => _scale != 1f || _limit != float.PositiveInfinity || _decay != 0f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<S, V>(ref V parameter, ref V gradient)
            where S : struct, ISimd<V>
            where V : struct
        {
            V limit = S.Broadcast(_limit);
            gradient = S.Min(limit, S.Max(S.Negate(limit), S.Multiply(gradient, S.Broadcast(_scale))));
            parameter = S.Subtract(parameter, S.Multiply(parameter, S.Broadcast(_decay)));
        }
    }
}
