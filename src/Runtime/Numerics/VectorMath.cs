using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <summary>The elementary functions generated code and losses call, the same to the bit at every vector width.</summary>
/// <remarks>
/// Branch-free polynomials of this project, inlined into the caller: call them from a loop, not from code unrolled many times.
/// NaN passes through. Errors are in units in the last place of the result, against the exact value, over all floats; they hold
/// with and without fused multiply-add, which however changes the bits. The scalar overloads give the bits of the vectors.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    /// <summary>eˣ.</summary>
    /// <remarks>At most 2 ulp from the exact result, denormal results included; +∞ above 88.73, 0 below -103.98.</remarks>
    public static float Exp(float x) => Exp(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => Exponential<Simd512, Vector512<float>>.Exp(x);

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x) => Exponential<Simd256, Vector256<float>>.Exp(x);

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x) => Exponential<Simd128, Vector128<float>>.Exp(x);

    /// <summary>eˣ for x ≤ 0, as a softmax needs it.</summary>
    /// <remarks>At most 2 ulp from -80 on, where eˣ is 1.8e-35; 0 below. A sum with 1 loses nothing, and no result is denormal.</remarks>
    public static float ExpOrZero(float x) => ExpOrZero(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="ExpOrZero(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpOrZero(Vector512<float> x) => Exponential<Simd512, Vector512<float>>.ExpOrZero(x);

    /// <inheritdoc cref="ExpOrZero(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ExpOrZero(Vector256<float> x) => Exponential<Simd256, Vector256<float>>.ExpOrZero(x);

    /// <inheritdoc cref="ExpOrZero(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ExpOrZero(Vector128<float> x) => Exponential<Simd128, Vector128<float>>.ExpOrZero(x);

    /// <summary>eˣ − 1, accurate near zero.</summary>
    /// <remarks>At most 2 ulp; −1 at −∞.</remarks>
    public static float Expm1(float x) => Expm1(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="Expm1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Expm1(Vector512<float> x) => Exponential<Simd512, Vector512<float>>.Expm1(x);

    /// <inheritdoc cref="Expm1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Expm1(Vector256<float> x) => Exponential<Simd256, Vector256<float>>.Expm1(x);

    /// <inheritdoc cref="Expm1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Expm1(Vector128<float> x) => Exponential<Simd128, Vector128<float>>.Expm1(x);

    /// <summary>The natural logarithm.</summary>
    /// <remarks>At most 2 ulp; −∞ at ±0, NaN for negative x.</remarks>
    public static float Log(float x) => Log(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) => Logarithm<Simd512, Vector512<float>>.Log(x);

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x) => Logarithm<Simd256, Vector256<float>>.Log(x);

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x) => Logarithm<Simd128, Vector128<float>>.Log(x);

    /// <summary>ln(1 + x), accurate near zero.</summary>
    /// <remarks>At most 2 ulp; −∞ at −1, NaN below.</remarks>
    public static float Log1p(float x) => Log1p(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="Log1p(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log1p(Vector512<float> x) => Logarithm<Simd512, Vector512<float>>.Log1p(x);

    /// <inheritdoc cref="Log1p(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log1p(Vector256<float> x) => Logarithm<Simd256, Vector256<float>>.Log1p(x);

    /// <inheritdoc cref="Log1p(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log1p(Vector128<float> x) => Logarithm<Simd128, Vector128<float>>.Log1p(x);

    /// <summary>The hyperbolic tangent.</summary>
    /// <remarks>At most 2 ulp; ±1 at ±∞.</remarks>
    public static float Tanh(float x) => Tanh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Exponential<Simd512, Vector512<float>>.Tanh(x);

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x) => Exponential<Simd256, Vector256<float>>.Tanh(x);

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x) => Exponential<Simd128, Vector128<float>>.Tanh(x);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    /// <remarks>At most 2 ulp, denormal results included; 0 and 1 at ∓∞ and +∞.</remarks>
    public static float Sigmoid(float x) => Sigmoid(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Exponential<Simd512, Vector512<float>>.Sigmoid(x);

    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => Exponential<Simd256, Vector256<float>>.Sigmoid(x);

    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x) => Exponential<Simd128, Vector128<float>>.Sigmoid(x);

    /// <summary>The error function, 2/√π·∫₀ˣ e^(−t²) dt.</summary>
    /// <remarks>At most 2 ulp; ±1 at ±∞.</remarks>
    public static float Erf(float x) => Erf(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x) => NormalDistribution<Simd512, Vector512<float>>.Erf(x);

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x) => NormalDistribution<Simd256, Vector256<float>>.Erf(x);

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Erf(Vector128<float> x) => NormalDistribution<Simd128, Vector128<float>>.Erf(x);

    /// <summary>ln(1 + eˣ).</summary>
    /// <remarks>At most 2 ulp; 0 at −∞, +∞ at +∞.</remarks>
    public static float Softplus(float x) => Softplus(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="Softplus(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x) => Logarithm<Simd512, Vector512<float>>.Softplus(x);

    /// <inheritdoc cref="Softplus(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Softplus(Vector256<float> x) => Logarithm<Simd256, Vector256<float>>.Softplus(x);

    /// <inheritdoc cref="Softplus(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Softplus(Vector128<float> x) => Logarithm<Simd128, Vector128<float>>.Softplus(x);
}
