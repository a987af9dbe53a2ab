using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>A loss of validation that rises while that of training falls.</summary>
internal static class GeneralizationRule
{
    private const int FewestEpochs = 5;
    private const float Worse = 1.25f;

    // A training loss below this share of that of a constant answer has learnt something.
    private const double Learnt = 0.97;

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
        double baseline = Baseline.Of(record, output.Head).Constant;
        bool isOver = best <= validation.Count - 3;
        if (isOver && latest > Worse * validation[best] && loss[^1] < 0.9f * loss[best])
        {
            int epoch = record.History.FirstEpoch + best + 1;
            string monitor = output.Output.Length == 0 ? "" : $"monitor: \"{output.ValidationKey}\", ";
            yield return new Finding(
                FindingKind.Overfitting,
                $"{(output.Output.Length == 0 ? "The network" : $"Output {output.Output}")} overfits since epoch {epoch}",
                $"The loss{output.Of} of validation was {Numbers.Text(validation[best])} then and is {Numbers.Text(latest)}, while that of training fell from {Numbers.Text(loss[best])} to {Numbers.Text(loss[^1])}.",
                $"`EarlyStopping({monitor}restoreBestWeights: true)`, which would have kept epoch {epoch}; `[Dropout]`; `KernelL2`; fewer units; more or augmented samples.");
        }
        else if (isOver && validation[best] > baseline && loss[^1] < Learnt * baseline)
        {
            yield return new Finding(
                FindingKind.Overfitting,
                $"What {(output.Output.Length == 0 ? "the network" : $"output {output.Output}")} learns does not hold for other samples",
                $"The loss{output.Of} of validation, {Numbers.Text(validation[best])} at best in {validation.Count} epochs, was never below that of a constant answer, {Numbers.Text(baseline)}, while that of training fell to {Numbers.Text(loss[^1])}.",
                "whether these features say anything about these targets, and belong to the same rows; more samples; fewer units; whether both parts were drawn alike.");
        }
    }
}
