using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>Gradients and values that shrink or grow from layer to layer.</summary>
internal static class GradientRule
{
    private const int FewestLayers = 3;
    private const float Vanished = 1e-3f;
    private const float Grown = 1e3f;

    // A gradient this many times its weights comes from no healthy loss of a classifier.
    private const float Huge = 1e3f;

    public static IEnumerable<Finding> Look(TrainingRecord record)
    {
        string[] layers = [.. record.TrainedLayers];
        if (layers.Length < FewestLayers)
        {
            return [];
        }

        float[] gradients = [.. layers.Select(layer => Numbers.Median(record.ValuesOf(layer, RootMeanSquare)))];
        return [.. Exploding(record, layers, gradients), .. Vanishing(layers, gradients)];
    }

    // A gradient a weight: layers of any size compare.
    private static float RootMeanSquare(LayerStatistic layer) => layer.GradientNorm / MathF.Sqrt(layer.Parameters);

    private static IEnumerable<Finding> Vanishing(string[] layers, float[] gradients)
    {
        int largest = Array.IndexOf(gradients, gradients.Max());
        int[] vanished = [.. Enumerable.Range(0, largest).Where(i => gradients[i] < Vanished * gradients[largest])];
        if (vanished.Length > 0 && gradients[largest] > 0f)
        {
            double factor = (double)gradients[largest] / Math.Max(gradients[0], float.Epsilon);
            yield return new Finding(
                FindingKind.VanishingGradients,
                $"Gradients vanish on the way back to {Numbers.List([.. vanished.Select(i => layers[i])])}",
                $"A weight of {layers[0]} has a gradient of {Numbers.Text(gradients[0])}, one of {layers[largest]} {Numbers.Text(gradients[largest])} "
                + $"(root mean squares): {Numbers.Text(factor)} times as much, {Numbers.Text(Math.Pow(factor, 1.0 / Math.Max(1, largest)))} times a layer.",
                "ReLU or GELU in place of sigmoid or tanh; `Initializer.HeNormal` with ReLU, `GlorotUniform` with tanh; `[BatchNormalization]` or "
                + "`[LayerNormalization]`; `[Residual<Body>]`; fewer layers.");
        }
    }

    private static IEnumerable<Finding> Exploding(TrainingRecord record, string[] layers, float[] gradients)
    {
        float last = gradients[^1];
        int largest = Array.IndexOf(gradients, gradients.Max());
        float spread = SpreadGrowth(record, out string first, out string widest);
        float relative = layers.Max(layer => Numbers.Median(record.ValuesOf(layer, static statistic => statistic.GradientNorm / statistic.WeightNorm)));
        string? evidence = null;
        if (largest < layers.Length - 1 && last > 0f && gradients[largest] > Grown * last)
        {
            evidence = $"A weight of {layers[largest]} has a gradient of {Numbers.Text(gradients[largest])}, one of {layers[^1]} {Numbers.Text(last)} (root mean squares).";
        }
        else if (spread > Grown && (relative > 1f || record.Failure is NonFiniteException))
        {
            evidence = $"The values of {widest} are spread {Numbers.Text(spread)} times as wide as those of {first}, and gradients are {Numbers.Text(relative)} times as large as the weights they belong to.";
        }
        else if (relative > Huge && record.Training?.Kind != LabelKind.None)
        {
            evidence = $"Gradients are {Numbers.Text(relative)} times as large as the weights they belong to.";
        }

        if (evidence is not null)
        {
            yield return new Finding(
                FindingKind.ExplodingGradients,
                "Gradients explode through the layers",
                evidence,
                "`Initializer.HeNormal` with ReLU, `GlorotUniform` with tanh: wider normal initial weights grow with every layer; `GlobalClipNorm` of the "
                + "optimizer; `[BatchNormalization]` or `[LayerNormalization]`.");
        }
    }

    /// <summary>How many times as wide the hidden values become on their way from the first layer.</summary>
    private static float SpreadGrowth(TrainingRecord record, out string first, out string widest)
    {
        LayerStatistic[] spread = record.Layers.Count == 0 ? [] : [.. record.Layers[0].Where(static layer => layer.Parameters > 0 && layer.Quantiles.Count > 0 && Spread(layer) > 0f)];
        first = spread.FirstOrDefault()?.Layer ?? "";
        LayerStatistic? widestLayer = spread.MaxBy(Spread);
        widest = widestLayer?.Layer ?? "";
        return widestLayer is null ? 0f : Spread(widestLayer) / Spread(spread[0]);
    }

    private static float Spread(LayerStatistic layer) => layer.Quantiles[^1] - layer.Quantiles[0];
}
