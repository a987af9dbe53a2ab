using System.Globalization;
using Unroll.Compiled;
using Unroll.Numerics;

namespace Unroll.Api;

/// <summary>What predictions lose by rounded kernels: how far their outputs are from those of the parameters themselves.</summary>
internal static class RoundingEffect
{
    private const int Samples = 32;
    private const ulong Seed = 18;

    /// <summary>The line under a summary.</summary>
    /// <param name="network">The network.</param>
    /// <param name="exact">What the parameters themselves make of the <see cref="Features"/>.</param>
    /// <param name="rounded">What rounded kernels make of them.</param>
    public static string Describe(NetworkDescription network, Activations exact, float[] rounded) => string.Create(
        CultureInfo.InvariantCulture,
        $" Inference weights: {nameof(WeightPrecision.BFloat16)} (outputs of {Samples} random samples differ by at most {LargestDifference(network, exact, rounded):G2})");

    // NaN where a difference is none.
    private static float LargestDifference(NetworkDescription network, Activations exact, float[] rounded)
    {
        float largest = 0f;
        foreach (OutputDescription output in network.Outputs)
        {
            float[] values = exact[output.Layer!];
            for (int i = 0; i < values.Length; i++)
            {
                int place = (i / output.Size * network.OutputSize) + output.RowOffset + (i % output.Size);
                largest = MathF.Max(largest, MathF.Abs(values[i] - rounded[place]));
            }
        }

        return largest;
    }

    /// <summary>Samples that are always the same: numbers from -1 to 1, ids of their table.</summary>
    public static float[] Features(NetworkDescription network)
    {
        var random = new RandomSource(Seed);
        float[] features = new float[Samples * network.InputSize];
        for (int sample = 0; sample < Samples; sample++)
        {
            foreach (InputDescription input in network.Inputs)
            {
                foreach (ref float value in features.AsSpan((sample * network.InputSize) + input.RowOffset, input.Size))
                {
                    value = input.Ids is { } ids ? random.NextInt(ids.Count) : (float)((2 * random.NextDouble()) - 1);
                }
            }
        }

        return features;
    }
}
