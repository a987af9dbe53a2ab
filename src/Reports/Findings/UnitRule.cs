using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>Units that are dead or saturated.</summary>
internal static class UnitRule
{
    // With inputs that are never negative, half of the units are dead by the sign of their initial weights, and training does well all the same.
    private const float ManyDead = 0.75f;
    private const float ManySaturated = 0.5f;

    public static IEnumerable<Finding> Look(TrainingRecord record)
    {
        LayerStatistic[] latest = record.Layers.Count == 0 ? [] : [.. record.Layers[^1]];
        LayerStatistic[] dead = [.. latest.Where(static layer => layer.DeadUnits >= ManyDead)];
        if (dead.Length > 0)
        {
            yield return new Finding(
                FindingKind.DeadUnits,
                $"Units are dead in {Numbers.List([.. dead.Select(static layer => layer.Layer)])}",
                $"Zero for every sample looked at: {Shares(dead, static layer => layer.DeadUnits)}. Such a unit has no slope to learn by.",
                "a smaller learning rate; `Initializer.HeNormal` and biases of 0; `Activation.LeakyRelu` or `Elu`; inputs scaled around 0.");
        }

        // What the network answers with may be sure.
        LayerStatistic[] saturated = [.. latest.Where(layer => layer.Saturation >= ManySaturated && !IsOutput(record, layer.Layer))];
        if (saturated.Length > 0)
        {
            yield return new Finding(
                FindingKind.SaturatedUnits,
                $"Units are saturated in {Numbers.List([.. saturated.Select(static layer => layer.Layer)])}",
                $"Values where the activation is flat: {Shares(saturated, static layer => layer.Saturation)}. Next to no gradient passes there.",
                "inputs scaled to about 1; `Initializer.GlorotUniform`; `[BatchNormalization]` before the activation; ReLU in its place.");
        }
    }

    private static string Shares(LayerStatistic[] layers, Func<LayerStatistic, float> share) =>
        Numbers.List([.. layers.Select(layer => $"{layer.Layer} {Numbers.Percent(share(layer))}")]);

    private static bool IsOutput(TrainingRecord record, string layer)
    {
        if (record.Heads.Any(head => head.Layer == layer))
        {
            return true;
        }

        if (record.Graph is not { } graph)
        {
            return false;
        }

        int position = graph.Layers.ToList().FindLastIndex(node => node.Layer == layer);
        return !graph.Layers.Any(node => node.Inputs.Contains(position));
    }
}
