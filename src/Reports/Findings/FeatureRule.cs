using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>Features that are unscaled, constant, or know the answer.</summary>
internal static class FeatureRule
{
    private const double Large = 30;
    private const double Uneven = 1000;

    // Pictures and the like have borders; a table has not.
    private const int MostTableFeatures = 100;
    private const double Telling = 0.995;

    private static readonly string[] s_scaling =
        ["Normalization", "BatchNormalization", "LayerNormalization", "Rescaling", "UnitNormalization", "RMSNormalization", "GroupNormalization", "Embedding"];

    private static readonly string[] s_passing = ["Flatten", "Reshape", "Permute", "Dropout", "GaussianNoise", "Masking", "Input"];

    public static IEnumerable<Finding> Look(TrainingRecord record) =>
        record.Training is { } data ? [.. Unscaled(record, data), .. Constant(record, data), .. data.Heads.SelectMany(facts => Leaking(data, facts))] : [];

    private static IEnumerable<Finding> Unscaled(TrainingRecord record, DataFacts data)
    {
        double[] sizes = [.. data.Features.Where(static feature => !feature.IsConstant).Select(static feature => feature.Magnitude)];
        if (sizes.Length == 0 || IsScaled(record) || !(sizes.Max() > Large || (sizes.Max() > Uneven * sizes.Min() && sizes.Max() > 1)))
        {
            yield break;
        }

        int largest = Array.FindIndex(data.Features, feature => !feature.IsConstant && feature.Magnitude == sizes.Max());
        int smallest = Array.FindIndex(data.Features, feature => !feature.IsConstant && feature.Magnitude == sizes.Min());
        yield return new Finding(
            FindingKind.UnscaledInputs,
            "Inputs are not scaled",
            $"Feature {largest} lies in {Range(data.Features[largest])}, feature {smallest} in {Range(data.Features[smallest])}, and no layer scales them: "
            + "the largest decides where every step goes.",
            "`[Normalization]` as the first layer, with `model.Adapt(train)`; `TableEncoder`, which standardizes columns; pixels divided by 255 or `[Rescaling(1f / 255)]`.");
    }

    private static IEnumerable<Finding> Constant(TrainingRecord record, DataFacts data)
    {
        int[] constant = [.. Enumerable.Range(0, data.FeatureSize).Where(i => data.Features[i].IsConstant)];
        bool isTable = data.FeatureSize <= MostTableFeatures && (record.Graph is null || record.Graph.Layers.Where(static node => node.Kind == "Input").All(static input => input.Shape.Count == 1));
        if (constant.Length > (isTable ? 0 : data.FeatureSize / 2) && data.Count > 1)
        {
            yield return new Finding(
                FindingKind.ConstantFeatures,
                constant.Length == 1 ? $"Feature {constant[0]} is the same in every sample" : $"{constant.Length} of {data.FeatureSize} features are the same in every sample",
                $"Among {Numbers.Count(data.Count)} samples: {Numbers.List([.. constant.Select(i => $"feature {i} is {Numbers.Text(data.Features[i].Minimum)}")])}.",
                "leave them out, or find out what went wrong where the data were put together: nothing can be learnt from them.");
        }
    }

    private static IEnumerable<Finding> Leaking(DataFacts data, HeadFacts facts)
    {
        int[] telling = [.. Enumerable.Range(0, facts.Association.Length).Where(i => facts.Association[i] > Telling)];
        if (telling.Length > 0 && data.FeatureSize > 1)
        {
            string measure = !facts.Head.IsClassifier ? "of the targets' variance" : "of its variance lies between the classes";
            yield return new Finding(
                FindingKind.LeakingFeature,
                telling.Length == 1 ? $"Feature {telling[0]} tells the target{facts.Head.OfOutput} all by itself" : $"{telling.Length} features each tell the target{facts.Head.OfOutput} by themselves",
                Numbers.List([.. telling.Select(i => !facts.Head.IsClassifier ? $"feature {i}, on a line, explains {Numbers.Percent(facts.Association[i])} {measure}" : $"feature {i}: {Numbers.Percent(facts.Association[i])} {measure}")]) + ".",
                "whether it is known when predictions are made: what is written down after the fact, or made from the target, must not be a feature.");
        }
    }

    private static bool IsScaled(TrainingRecord record)
    {
        if (record.Graph is not { } graph)
        {
            return true;
        }

        // Every layer that meets the inputs as they are; those that only move them pass the question on.
        var raw = new HashSet<int>();
        for (int i = 0; i < graph.Layers.Count; i++)
        {
            GraphNode node = graph.Layers[i];
            bool seesInputs = node.Kind == "Input" || node.Inputs.Any(raw.Contains);
            if (seesInputs && s_passing.Contains(node.Kind))
            {
                raw.Add(i);
            }
            else if (seesInputs && !s_scaling.Contains(node.Kind))
            {
                return false;
            }
        }

        return true;
    }

    private static string Range(ColumnFacts feature) => $"{Numbers.Text(feature.Minimum)} to {Numbers.Text(feature.Maximum)}";
}
