using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>Targets that the network's output cannot say.</summary>
internal static class LabelRule
{
    private const float Tolerance = 1e-4f;

    public static IEnumerable<Finding> Look(TrainingRecord record)
    {
        if (record.Training is not { } data)
        {
            return [];
        }

        return data.Heads.SelectMany(facts => facts.Head.Kind == LabelKind.None ? OutOfRange(record, facts) : Absent(data.Count, facts));
    }

    private static IEnumerable<Finding> Absent(int samples, HeadFacts facts)
    {
        int[] counts = facts.ClassCounts;
        string owner = facts.Head.IsAlone ? "the network" : $"output {facts.Head.Name}";
        int[] absent = [.. Enumerable.Range(0, counts.Length).Where(label => counts[label] == 0)];

        // Not every word of a vocabulary occurs.
        if (absent.Length > 0 && facts.Head.IsClassifier)
        {
            int present = counts.Length - absent.Length;
            yield return new Finding(
                FindingKind.LabelsDoNotFit,
                absent is [0] ? $"Labels begin at 1, but {owner}'s first class is 0" : $"{absent.Length} of {owner}'s {counts.Length} classes never occur",
                $"Among {Numbers.Count(samples)} targets there are {present} classes; without a sample: {Numbers.List([.. absent.Select(static label => $"class {label}")])}.",
                "as many units in the last layer as there are classes, and labels that count from 0; whether a file, or a class, is missing from the data.");
        }
    }

    private static IEnumerable<Finding> OutOfRange(TrainingRecord record, HeadFacts facts)
    {
        LayerStatistic? layer = record.Layers.Count == 0 ? null : record.Layers[^1].LastOrDefault(layer => layer.Layer == facts.Head.Layer);
        (float low, float high) = layer?.Activation switch
        {
            Activation.Sigmoid or Activation.HardSigmoid or Activation.Softmax => (0f, 1f),
            Activation.Tanh or Activation.Softsign or Activation.HardTanh => (-1f, 1f),
            Activation.Relu or Activation.Softplus or Activation.Exponential or Activation.Squareplus => (0f, float.PositiveInfinity),
            Activation.Relu6 => (0f, 6f),
            _ => (float.NegativeInfinity, float.PositiveInfinity),
        };
        float least = facts.Targets.Min(static target => target.Minimum);
        float most = facts.Targets.Max(static target => target.Maximum);
        if (least < low - Tolerance || most > high + Tolerance)
        {
            string range = float.IsInfinity(high) ? $"at least {Numbers.Text(low)}" : $"in {Numbers.Text(low)} to {Numbers.Text(high)}";
            yield return new Finding(
                FindingKind.LabelsDoNotFit,
                $"{(facts.Head.IsAlone ? "The network" : $"Output {facts.Head.Name}")} cannot reach its targets: {layer!.Layer} ends in {layer.Activation}",
                $"Its outputs are {range}, the targets in {Numbers.Text(least)} to {Numbers.Text(most)}.",
                "`Activation.Linear` in the last layer of a regression; targets scaled into the range; for classes a cross-entropy.");
        }
    }
}
