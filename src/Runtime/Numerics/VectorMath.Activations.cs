using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics;

/// <content>The activations that are more than one elementary function, and their derivatives.</content>
public static partial class VectorMath
{
    /// <summary>x·Φ(x), Φ the normal distribution function (erf form; Hendrycks and Gimpel, 2016).</summary>
    /// <remarks>At most 9 ulp, 6 with fused multiply-add, far into the negative tail too; 0 at −∞, +∞ at +∞.</remarks>
    public static float Gelu(float x) => Gelu(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="Gelu(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Gelu(Vector512<float> x) => NormalDistribution<Simd512, Vector512<float>>.Gelu(x);

    /// <inheritdoc cref="Gelu(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gelu(Vector256<float> x) => NormalDistribution<Simd256, Vector256<float>>.Gelu(x);

    /// <inheritdoc cref="Gelu(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Gelu(Vector128<float> x) => NormalDistribution<Simd128, Vector128<float>>.Gelu(x);

    /// <summary>½x(1 + tanh(√(2/π)(x + 0.044715x³))).</summary>
    /// <remarks>
    /// At most 4 ulp from −1 up and 25 from −4 up; below, the rounding of the cubic shows: 250 ulp where the result is 1e−37. 0
    /// at −∞, +∞ at +∞.
    /// </remarks>
    public static float GeluTanh(float x) => GeluTanh(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="GeluTanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluTanh(Vector512<float> x) => GatedActivations<Simd512, Vector512<float>>.GeluTanh(x);

    /// <inheritdoc cref="GeluTanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluTanh(Vector256<float> x) => GatedActivations<Simd256, Vector256<float>>.GeluTanh(x);

    /// <inheritdoc cref="GeluTanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GeluTanh(Vector128<float> x) => GatedActivations<Simd128, Vector128<float>>.GeluTanh(x);

    /// <summary>x·sigmoid(x).</summary>
    /// <remarks>At most 4 ulp of max(|result|, 1e−36); 0 at −∞, +∞ at +∞.</remarks>
    public static float Swish(float x) => Swish(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="Swish(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Swish(Vector512<float> x) => GatedActivations<Simd512, Vector512<float>>.Swish(x);

    /// <inheritdoc cref="Swish(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Swish(Vector256<float> x) => GatedActivations<Simd256, Vector256<float>>.Swish(x);

    /// <inheritdoc cref="Swish(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Swish(Vector128<float> x) => GatedActivations<Simd128, Vector128<float>>.Swish(x);

    /// <summary>x·tanh(softplus(x)) (Misra, 2019).</summary>
    /// <remarks>At most 5 ulp, 4 with fused multiply-add, of max(|result|, 1e−36); 0 at −∞, +∞ at +∞.</remarks>
    public static float Mish(float x) => Mish(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="Mish(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Mish(Vector512<float> x) => GatedActivations<Simd512, Vector512<float>>.Mish(x);

    /// <inheritdoc cref="Mish(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Mish(Vector256<float> x) => GatedActivations<Simd256, Vector256<float>>.Mish(x);

    /// <inheritdoc cref="Mish(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Mish(Vector128<float> x) => GatedActivations<Simd128, Vector128<float>>.Mish(x);

    /// <summary>Φ(x) + x·φ(x), the derivative of <see cref="Gelu(float)"/> at the pre-activation x.</summary>
    /// <remarks>At most 4 ulp of max(|result|, ½): the zero on the negative side leaves no relative bound. 0 at −∞, 1 at +∞.</remarks>
    public static float GeluDerivative(float x) => GeluDerivative(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="GeluDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluDerivative(Vector512<float> x) => NormalDistribution<Simd512, Vector512<float>>.GeluDerivative(x);

    /// <inheritdoc cref="GeluDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluDerivative(Vector256<float> x) => NormalDistribution<Simd256, Vector256<float>>.GeluDerivative(x);

    /// <inheritdoc cref="GeluDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GeluDerivative(Vector128<float> x) => NormalDistribution<Simd128, Vector128<float>>.GeluDerivative(x);

    /// <summary>The derivative of <see cref="GeluTanh(float)"/> at the pre-activation x.</summary>
    /// <remarks>At most 4 ulp of max(|result|, ½): the zero on the negative side leaves no relative bound. 0 at −∞, 1 at +∞.</remarks>
    public static float GeluTanhDerivative(float x) => GeluTanhDerivative(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="GeluTanhDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluTanhDerivative(Vector512<float> x) => GatedActivations<Simd512, Vector512<float>>.GeluTanhDerivative(x);

    /// <inheritdoc cref="GeluTanhDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluTanhDerivative(Vector256<float> x) => GatedActivations<Simd256, Vector256<float>>.GeluTanhDerivative(x);

    /// <inheritdoc cref="GeluTanhDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GeluTanhDerivative(Vector128<float> x) => GatedActivations<Simd128, Vector128<float>>.GeluTanhDerivative(x);

    /// <summary>The derivative of <see cref="Swish(float)"/> at the pre-activation x.</summary>
    /// <remarks>At most 4 ulp of max(|result|, ½): the zero on the negative side leaves no relative bound. 0 at −∞, 1 at +∞.</remarks>
    public static float SwishDerivative(float x) => SwishDerivative(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="SwishDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SwishDerivative(Vector512<float> x) => GatedActivations<Simd512, Vector512<float>>.SwishDerivative(x);

    /// <inheritdoc cref="SwishDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SwishDerivative(Vector256<float> x) => GatedActivations<Simd256, Vector256<float>>.SwishDerivative(x);

    /// <inheritdoc cref="SwishDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SwishDerivative(Vector128<float> x) => GatedActivations<Simd128, Vector128<float>>.SwishDerivative(x);

    /// <summary>The derivative of <see cref="Mish(float)"/> at the pre-activation x.</summary>
    /// <remarks>At most 4 ulp of max(|result|, ½): the zero on the negative side leaves no relative bound. 0 at −∞, 1 at +∞.</remarks>
    public static float MishDerivative(float x) => MishDerivative(Vector128.CreateScalar(x)).ToScalar();

    /// <inheritdoc cref="MishDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MishDerivative(Vector512<float> x) => GatedActivations<Simd512, Vector512<float>>.MishDerivative(x);

    /// <inheritdoc cref="MishDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MishDerivative(Vector256<float> x) => GatedActivations<Simd256, Vector256<float>>.MishDerivative(x);

    /// <inheritdoc cref="MishDerivative(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MishDerivative(Vector128<float> x) => GatedActivations<Simd128, Vector128<float>>.MishDerivative(x);
}
