using System.Runtime.Intrinsics;

namespace Unroll.Numerics.Tests;

/// <summary>One function of <see cref="VectorMath"/> at every width, beside its reference.</summary>
internal sealed record FunctionUnderTest(
    string Name,
    Func<double, double> Reference,
    Func<float, float> Scalar,
    Func<Vector128<float>, Vector128<float>> Simd128,
    Func<Vector256<float>, Vector256<float>> Simd256,
    Func<Vector512<float>, Vector512<float>> Simd512)
{
    public static readonly FunctionUnderTest[] Elementary =
    [
        new("Exp", Math.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp),
        new("Expm1", Exact.Expm1, VectorMath.Expm1, VectorMath.Expm1, VectorMath.Expm1, VectorMath.Expm1),
        new("Log", Math.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log),
        new("Log1p", Exact.Log1p, VectorMath.Log1p, VectorMath.Log1p, VectorMath.Log1p, VectorMath.Log1p),
        new("Tanh", Math.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh),
        new("Sigmoid", Exact.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid),
        new("Erf", Exact.Erf, VectorMath.Erf, VectorMath.Erf, VectorMath.Erf, VectorMath.Erf),
        new("Softplus", Exact.Softplus, VectorMath.Softplus, VectorMath.Softplus, VectorMath.Softplus, VectorMath.Softplus),
    ];

    public static readonly FunctionUnderTest[] Activations =
    [
        new("Gelu", Exact.Gelu, VectorMath.Gelu, VectorMath.Gelu, VectorMath.Gelu, VectorMath.Gelu),
        new("GeluTanh", Exact.GeluTanh, VectorMath.GeluTanh, VectorMath.GeluTanh, VectorMath.GeluTanh, VectorMath.GeluTanh),
        new("Swish", Exact.Swish, VectorMath.Swish, VectorMath.Swish, VectorMath.Swish, VectorMath.Swish),
        new("Mish", Exact.Mish, VectorMath.Mish, VectorMath.Mish, VectorMath.Mish, VectorMath.Mish),
        new("GeluDerivative", Exact.GeluDerivative,
            VectorMath.GeluDerivative, VectorMath.GeluDerivative, VectorMath.GeluDerivative, VectorMath.GeluDerivative),
        new("GeluTanhDerivative", Exact.GeluTanhDerivative,
            VectorMath.GeluTanhDerivative, VectorMath.GeluTanhDerivative, VectorMath.GeluTanhDerivative, VectorMath.GeluTanhDerivative),
        new("SwishDerivative", Exact.SwishDerivative,
            VectorMath.SwishDerivative, VectorMath.SwishDerivative, VectorMath.SwishDerivative, VectorMath.SwishDerivative),
        new("MishDerivative", Exact.MishDerivative,
            VectorMath.MishDerivative, VectorMath.MishDerivative, VectorMath.MishDerivative, VectorMath.MishDerivative),
    ];

    /// <summary>For x ≤ 0 only.</summary>
    public static readonly FunctionUnderTest ExpOrZero =
        new("ExpOrZero", x => x < -80 ? 0 : Math.Exp(x), VectorMath.ExpOrZero, VectorMath.ExpOrZero, VectorMath.ExpOrZero, VectorMath.ExpOrZero);

    public static FunctionUnderTest Named(string name) => Elementary.Concat(Activations).Single(f => f.Name == name);

    public static bool IsSupported(int width) => width switch
    {
        512 => Vector512.IsHardwareAccelerated,
        256 => Vector256.IsHardwareAccelerated,
        _ => Vector128.IsHardwareAccelerated,
    };

    /// <summary>The results for <paramref name="inputs"/>, whose length is a multiple of 16.</summary>
    public float[] Apply(int width, float[] inputs)
    {
        float[] results = new float[inputs.Length];
        for (int i = 0; i < inputs.Length; i += width / 32)
        {
            switch (width)
            {
                case 512:
                    Simd512(Vector512.Create(inputs, i)).CopyTo(results, i);
                    break;
                case 256:
                    Simd256(Vector256.Create(inputs, i)).CopyTo(results, i);
                    break;
                default:
                    Simd128(Vector128.Create(inputs, i)).CopyTo(results, i);
                    break;
            }
        }

        return results;
    }
}
