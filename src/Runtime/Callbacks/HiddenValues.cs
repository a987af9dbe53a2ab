using Unroll.Compiled;

namespace Unroll.Callbacks;

/// <summary>How the hidden values of a model are distributed: dead units, saturation, quantiles.</summary>
internal static class HiddenValues
{
    private const float SlopeOfSaturation = 0.05f;
    private const int MostSorted = 4096;

    private static readonly float[] s_shares = [0.05f, 0.25f, 0.5f, 0.75f, 0.95f];

    public static LayerStatistic[] Measure(TrainingContext context, int rows, LayerStatistic[] layers)
    {
        Dataset? data = context.Training ?? context.Validation;
        NetworkDescription network = context.Model.Network;
        if (rows == 0 || data is null || network.Observed is null)
        {
            return layers;
        }

        Activations values = context.Model.Activations(Pick(data, rows));
        return [.. layers.Select((layer, i) => Measure(layer, values[layer.Layer], network.Layers[i].OutputShape[^1]))];
    }

    private static float[] Pick(Dataset data, int rows)
    {
        int count = Math.Min(rows, data.Count);
        float[] picked = new float[count * data.FeatureSize];
        for (int i = 0; i < count; i++)
        {
            data.FeaturesOf((int)((long)i * data.Count / count)).CopyTo(picked.AsSpan(i * data.FeatureSize));
        }

        return picked;
    }

    private static LayerStatistic Measure(LayerStatistic layer, float[] values, int units) => layer with
    {
        DeadUnits = HasNoSlopeAtZero(layer.Activation) ? ShareOfDead(values, units) : float.NaN,
        Saturation = IsSaturated(layer.Activation) is { } isSaturated ? values.Count(value => isSaturated(value)) / (float)values.Length : float.NaN,
        Quantiles = QuantilesOf(values),
    };

    private static bool HasNoSlopeAtZero(Activation activation) =>
        activation is Activation.Relu or Activation.Relu6 or Activation.ThresholdedRelu or Activation.HardShrink or Activation.SoftShrink;

    private static float ShareOfDead(float[] values, int units)
    {
        var isAlive = new bool[units];
        for (int row = 0; row < values.Length; row += units)
        {
            for (int unit = 0; unit < units; unit++)
            {
                isAlive[unit] |= values[row + unit] != 0f;
            }
        }

        return isAlive.Count(static alive => !alive) / (float)units;
    }

    /// <summary>Whether a value y of the activation lies where its slope is below a twentieth of the steepest; null for one without bounds.</summary>
    private static Func<float, bool>? IsSaturated(Activation activation) => activation switch
    {
        // y' = y(1 − y), at most ¼; y' = 1 − y²; y' = (1 − |y|)².
        Activation.Sigmoid => static y => y * (1f - y) < SlopeOfSaturation / 4f,
        Activation.Tanh => static y => 1f - (y * y) < SlopeOfSaturation,
        Activation.Softsign => static y => (1f - MathF.Abs(y)) * (1f - MathF.Abs(y)) < SlopeOfSaturation,
        Activation.HardSigmoid => static y => y is 0f or 1f,
        Activation.HardTanh => static y => y is -1f or 1f,
        _ => null,
    };

    private static float[] QuantilesOf(float[] values)
    {
        int count = Math.Min(values.Length, MostSorted);
        float[] sorted = new float[count];
        for (int i = 0; i < count; i++)
        {
            sorted[i] = values[(int)((long)i * values.Length / count)];
        }

        Array.Sort(sorted);
        return [.. s_shares.Select(share => sorted[(int)(share * (count - 1))])];
    }
}
