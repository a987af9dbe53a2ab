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
    public static string Describe(Model model) => string.Create(
        CultureInfo.InvariantCulture,
        $" Inference weights: {nameof(WeightPrecision.BFloat16)} (outputs of {Samples} random samples differ by at most {LargestDifference(model):G2})");

    /// <summary>The largest difference between outputs, over samples that are always the same; NaN where one is none.</summary>
    public static float LargestDifference(Model model)
    {
        float[] features = Features(model.Network);
        float[] rounded = model.Predict(features);
        Activations exact = model.Activations(features);
        float largest = 0f;
        foreach (OutputDescription output in model.Network.Outputs)
        {
            float[] values = exact[output.Layer!];
            for (int i = 0; i < values.Length; i++)
            {
                int place = (i / output.Size * model.Network.OutputSize) + output.RowOffset + (i % output.Size);
                largest = MathF.Max(largest, MathF.Abs(values[i] - rounded[place]));
            }
        }

        return largest;
    }

    // Numbers from -1 to 1; ids of their table.
    private static float[] Features(NetworkDescription network)
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
