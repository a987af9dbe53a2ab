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
        return [.. Exploding(record, layers, gradients), .. Vanishing(record.Paths, layers, gradients)];
    }

    // A gradient a weight: layers of any size compare.
    private static float RootMeanSquare(LayerStatistic layer) => layer.GradientNorm / MathF.Sqrt(layer.Parameters);

    private static IEnumerable<Finding> Vanishing(LayerPaths paths, string[] layers, float[] gradients)
    {
        int[] vanished = [.. Enumerable.Range(0, layers.Length).Where(i => gradients[i] < Vanished * gradients[Largest(i)])];
        if (vanished.Length > 0)
        {
            int first = vanished[0];
            int largest = Largest(first);
            double factor = (double)gradients[largest] / Math.Max(gradients[first], float.Epsilon);
            int steps = 1 + layers.Count(layer => paths.Leads(layers[first], layer) && paths.Leads(layer, layers[largest]));
            yield return new Finding(
                FindingKind.VanishingGradients,
                $"Gradients vanish on the way back to {Numbers.List([.. vanished.Select(i => layers[i])])}",
                $"A weight of {layers[first]} has a gradient of {Numbers.Text(gradients[first])}, one of {layers[largest]} {Numbers.Text(gradients[largest])} "
                + $"(root mean squares): {Numbers.Text(factor)} times as much, {Numbers.Text(Math.Pow(factor, 1.0 / steps))} times a layer.",
                "ReLU or GELU in place of sigmoid or tanh; `Initializer.HeNormal` with ReLU, `GlorotUniform` with tanh; `[BatchNormalization]` or "
                + "`[LayerNormalization]`; `[Residual<Body>]`; fewer layers.");
        }

        // Of the layers that a gradient passes on its way back to this one.
        int Largest(int layer) => Enumerable.Range(0, layers.Length).Where(later => later == layer || paths.Leads(layers[layer], layers[later])).MaxBy(later => gradients[later]);
    }

    private static IEnumerable<Finding> Exploding(TrainingRecord record, string[] layers, float[] gradients)
    {
        int[] ends = [.. Enumerable.Range(0, layers.Length).Where(layer => !layers.Any(later => record.Paths.Leads(layers[layer], later)))];
        int grown = Enumerable.Range(0, layers.Length).MaxBy(layer => gradients[Last(layer)] > 0f ? gradients[layer] / gradients[Last(layer)] : 0f);
        int last = Last(grown);
        float spread = SpreadGrowth(record, out string first, out string widest);
        float relative = layers.Max(layer => Numbers.Median(record.ValuesOf(layer, static statistic => statistic.GradientNorm / statistic.WeightNorm)));
        string? evidence = null;
        if (gradients[last] > 0f && gradients[grown] > Grown * gradients[last])
        {
            evidence = $"A weight of {layers[grown]} has a gradient of {Numbers.Text(gradients[grown])}, one of {layers[last]} {Numbers.Text(gradients[last])} (root mean squares).";
        }
        else if (spread > Grown && (relative > 1f || record.Failure is NonFiniteException { Parameter: null }))
        {
            evidence = $"The values of {widest} are spread {Numbers.Text(spread)} times as wide as those of {first}, and gradients are {Numbers.Text(relative)} times as large as the weights they belong to.";
        }
        else if (relative > Huge && record.Heads.Count > 0 && record.Heads.All(static head => head.Kind != LabelKind.None))
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

        // Of the layers that nothing follows, the one that sends this layer the largest gradient.
        int Last(int layer) => ends.Where(end => end == layer || record.Paths.Leads(layers[layer], layers[end])).MaxBy(end => gradients[end]);
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
