using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Measures;

/// <summary>The numerical pieces that the cross-entropies share.</summary>
internal static class Probability
{
    /// <summary>The epsilon of <c>keras.backend</c>: probabilities are clipped to [ε, 1 − ε] before a logarithm.</summary>
    public const float Epsilon = 1e-7f;

    /// <summary>1 − ε in single precision, 0.99999988: where Keras clips too.</summary>
    public const float OneMinusEpsilon = 1f - Epsilon;

    /// <summary>Up to here −ln p is exact for a p that came out of a softmax, which is then above 1e-30; smaller ones may have been rounded to zero.</summary>
    public const float MostExactLoss = 69f;

    /// <summary>NaN passes.</summary>
    public static float Clip(float p) => p < Epsilon ? Epsilon : p > OneMinusEpsilon ? OneMinusEpsilon : p;

    public static bool IsClipped(float p) => p is < Epsilon or > OneMinusEpsilon;

    /// <summary>ln Σ e^z of the logits whose softmax is known.</summary>
    /// <remarks>
    /// ln p_m = z_m − ln Σ e^z holds for every component; the largest one has p ≥ 1/n, so its logarithm loses nothing and the
    /// exponentials need not be taken again.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float LogSumExp(ReadOnlySpan<float> logits, ReadOnlySpan<float> probabilities)
    {
        // The largest logit has the largest probability: two maxima without a branch instead of a search for the index.
        return Largest(logits) - MathF.Log(Largest(probabilities));
    }

    /// <summary>The largest value; NaN where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(ReadOnlySpan<float> values)
    {
        float largest = values[0];
        for (int i = 1; i < values.Length; i++)
        {
            largest = MathF.Max(largest, values[i]);
        }

        return largest;
    }

    /// <summary>What a softmax gave times <paramref name="scale"/>, padding included, which is zero there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale(in OutputRows probabilities, int row, float scale, Span<float> result)
    {
        ref readonly float first = ref probabilities.Output(row)[0];
        ref float target = ref MemoryMarshal.GetReference(result);
        for (nuint i = 0; i < (nuint)result.Length; i += (nuint)Vector<float>.Count)
        {
            (Vector.LoadUnsafe(in first, i) * scale).StoreUnsafe(ref target, i);
        }
    }

    /// <summary>ln Σ e^z. The largest logit is subtracted first: e^z overflows above 88.7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float LogSumExp(ReadOnlySpan<float> logits)
    {
        float largest = logits[IndexOfLargest(logits)];
        double sum = 0;
        foreach (float logit in logits)
        {
            sum += MathF.Exp(logit - largest);
        }

        return largest + (float)Math.Log(sum);
    }

    /// <summary>ln(1 + e⁻ᵃ) for a ≥ 0; in double, where 1 + e⁻ᵃ keeps what single precision would round away.</summary>
    public static float LogOnePlusExpMinus(float a) => (float)Math.Log(1 + Math.Exp(-(double)a));

    public static float Sigmoid(float z) => (float)(1 / (1 + Math.Exp(-(double)z)));

    /// <summary>The derivative of x^γ for x ≥ 0; 0 at x = 0 where it would be infinite.</summary>
    public static float PowerSlope(float x, float gamma) =>
        gamma == 0f || (x == 0f && gamma < 1f) ? 0f : gamma * MathF.Pow(x, gamma - 1f);

    /// <summary>The first of the largest values, as <c>argmax</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int IndexOfLargest(ReadOnlySpan<float> values)
    {
        int index = 0;
        float largest = values[0];
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > largest)
            {
                largest = values[i];
                index = i;
            }
        }

        return index;
    }

    /// <summary>What a loss on probabilities says of predictions that are none, or null.</summary>
    public static string? FindMisuse(ReadOnlySpan<float> prediction, Activation head, string loss)
    {
        // A NaN is another fault, and told as such.
        int index = prediction.IndexOfAnyExceptInRange(-1e-3f, 1.001f);
        return index < 0 || float.IsNaN(prediction[index])
            ? null
            : string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{loss} is given probabilities, but the network's output {index} is {prediction[index]} for a sample of the first batch. "
                + $"End the network with Activation.{head}, or pass fromLogits: true to {loss}.");
    }

    /// <summary>Why the values cannot be probabilities, or null.</summary>
    public static string? FindFault(ReadOnlySpan<float> target)
    {
        foreach (float y in target)
        {
            if (y is not (>= 0f and <= 1f))
            {
                return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"target {y} is not in [0, 1]");
            }
        }

        return null;
    }
}
