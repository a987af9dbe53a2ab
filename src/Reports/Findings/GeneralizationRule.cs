using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>A loss of validation that rises while that of training falls.</summary>
internal static class GeneralizationRule
{
    private const int FewestEpochs = 5;
    private const float Worse = 1.25f;

    public static IEnumerable<Finding> Look(TrainingRecord record)
    {
        if (record.Curve("loss") is not { } loss || record.Curve("val_loss") is not { } validation || validation.Count < FewestEpochs)
        {
            yield break;
        }

        int best = Enumerable.Range(0, validation.Count).MinBy(epoch => validation[epoch]);
        int tail = Math.Max(1, validation.Count / 10);
        float latest = validation.Skip(validation.Count - tail).Average();
        if (best <= validation.Count - 3 && latest > Worse * validation[best] && loss[^1] < 0.9f * loss[best])
        {
            int epoch = record.History.FirstEpoch + best + 1;
            yield return new Finding(
                FindingKind.Overfitting,
                $"The network overfits since epoch {epoch}",
                $"The loss of validation was {Numbers.Text(validation[best])} then and is {Numbers.Text(latest)}, while that of training fell from {Numbers.Text(loss[best])} to {Numbers.Text(loss[^1])}.",
                $"`EarlyStopping(restoreBestWeights: true)`, which would have kept epoch {epoch}; `[Dropout]`; `KernelL2`; fewer units; more or augmented samples.");
        }
    }
}
