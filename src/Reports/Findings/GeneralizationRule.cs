using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>A loss of validation that rises while that of training falls.</summary>
internal static class GeneralizationRule
{
    private const int FewestEpochs = 5;
    private const float Worse = 1.25f;

    public static IEnumerable<Finding> Look(TrainingRecord record) => record.Losses.SelectMany(output => Look(record, output));

    private static IEnumerable<Finding> Look(TrainingRecord record, LossCurve output)
    {
        if (record.Curve(output.Key) is not { } loss || record.Curve(output.ValidationKey) is not { } validation || validation.Count < FewestEpochs)
        {
            yield break;
        }

        int best = Enumerable.Range(0, validation.Count).MinBy(epoch => validation[epoch]);
        int tail = Math.Max(1, validation.Count / 10);
        float latest = validation.Skip(validation.Count - tail).Average();
        if (best <= validation.Count - 3 && latest > Worse * validation[best] && loss[^1] < 0.9f * loss[best])
        {
            int epoch = record.History.FirstEpoch + best + 1;
            string monitor = output.Output.Length == 0 ? "" : $"monitor: \"{output.ValidationKey}\", ";
            yield return new Finding(
                FindingKind.Overfitting,
                $"{(output.Output.Length == 0 ? "The network" : $"Output {output.Output}")} overfits since epoch {epoch}",
                $"The loss{output.Of} of validation was {Numbers.Text(validation[best])} then and is {Numbers.Text(latest)}, while that of training fell from {Numbers.Text(loss[best])} to {Numbers.Text(loss[^1])}.",
                $"`EarlyStopping({monitor}restoreBestWeights: true)`, which would have kept epoch {epoch}; `[Dropout]`; `KernelL2`; fewer units; more or augmented samples.");
        }
    }
}
