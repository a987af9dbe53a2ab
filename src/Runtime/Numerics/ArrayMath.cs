using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>Functions of each value of an array, in place.</summary>
internal static class ArrayMath
{
    private interface IFunction
    {
        static abstract V Of<S, V>(V x)
            where S : struct, ISimd<V>
            where V : struct;
    }

    /// <summary>ln x, as <see cref="VectorMath.Log(float)"/>.</summary>
    public static void Log(Span<float> values) => Apply<LogFunction>(values);

    /// <summary>ln(1 + eˣ), as <see cref="VectorMath.Softplus(float)"/>.</summary>
    public static void Softplus(Span<float> values) => Apply<SoftplusFunction>(values);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<TFunction>(Span<float> values)
        where TFunction : struct, IFunction
    {
        if (SimdWidth.Is512)
        {
            Apply<TFunction, Simd512, Vector512<float>>(values);
        }
        else if (SimdWidth.Is256)
        {
            Apply<TFunction, Simd256, Vector256<float>>(values);
        }
        else
        {
            Apply<TFunction, Simd128, Vector128<float>>(values);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<TFunction, S, V>(Span<float> values)
        where TFunction : struct, IFunction
        where S : struct, ISimd<V>
        where V : struct
    {
        int whole = values.Length - (values.Length % S.Count);
        ref float first = ref MemoryMarshal.GetReference(values);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)S.Count)
        {
            S.Store(TFunction.Of<S, V>(S.Load(in first, i)), ref first, i);
        }

        if (whole < values.Length)
        {
            // The rest goes through one vector on the stack, by the same code, so that a value's bits do not depend on its place.
            Span<float> rest = stackalloc float[S.Count];
            rest.Clear();
            values[whole..].CopyTo(rest);
            S.Store(TFunction.Of<S, V>(S.Load(in rest[0], 0)), ref rest[0], 0);
            rest[..(values.Length - whole)].CopyTo(values[whole..]);
        }
    }

    private readonly struct LogFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<S, V>(V x)
            where S : struct, ISimd<V>
            where V : struct => Logarithm<S, V>.Log(x);
    }

    private readonly struct SoftplusFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<S, V>(V x)
            where S : struct, ISimd<V>
            where V : struct => Logarithm<S, V>.Softplus(x);
    }
}
