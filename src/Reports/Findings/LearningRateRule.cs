using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>Steps that are too large or too small.</summary>
internal static class LearningRateRule
{
    // A loss that rises by this factor has not merely met harder batches.
    private const float Jump = 1.15f;

    // Below this share of the baseline a loss may dance: what is left is noise.
    private const double Small = 0.1;

    // How far all updates together can have moved the weights of any layer, relative to their size.
    private const double Little = 0.1;

    // Steps of this share of the weights, the mean of an epoch, are leaps: twenty times what is usual.
    private const float Leap = 0.02f;

    // Shares of the loss of a constant answer: an epoch thrown far off, and one that has learnt nothing.
    private const double Thrown = 1.5;
    private const double Unlearnt = 0.9;

    // A step of this share of the weights is no small one: where few were taken, training is young.
    private const float SmallStep = 1e-4f;

    public static IEnumerable<Finding> Look(TrainingRecord record)
    {
        IReadOnlyList<float> loss = record.Curve("loss") ?? [];
        if (record.Failure is NonFiniteException failure)
        {
            yield return new Finding(
                FindingKind.LearningRateTooLarge,
                "The loss left the finite numbers",
                $"{failure.Message} {RatioText(record)}",
                "a learning rate ten times smaller; `ClipNorm` or `GlobalClipNorm` of the optimizer; features and targets scaled to about 1.");
        }
        else if ((Jumps(record, loss) ?? Leaps(record, loss)) is { } jumps)
        {
            yield return new Finding(
                FindingKind.LearningRateTooLarge,
                "The loss jumps or rises: the steps are too large",
                $"{jumps} {RatioText(record)}",
                "a learning rate three to ten times smaller (`model.FindLearningRate(data)` sweeps it); a schedule or `ReduceLROnPlateau`; larger batches.");
        }
        else if (Moved(record) is double moved && moved < Little && loss.Count >= 2 && !(loss[^1] < 0.5f * loss[0]))
        {
            yield return new Finding(
                FindingKind.LearningRateTooSmall,
                "The steps are too small to get anywhere",
                $"All updates of {record.Epochs} epochs together can have moved the weights of no layer by more than {Numbers.Percent(moved)}, "
                + $"and the loss went from {Numbers.Text(loss[0])} to {Numbers.Text(loss[^1])}.{RateText(record)}",
                "a learning rate ten to a hundred times larger (`model.FindLearningRate(data)` sweeps it).");
        }
    }

    private static string? Jumps(TrainingRecord record, IReadOnlyList<float> loss)
    {
        if (loss.Count < 4)
        {
            return null;
        }

        double baseline = Baseline.Of(record);
        double floor = Small * (double.IsNaN(baseline) ? loss[0] : baseline);
        int rises = Enumerable.Range(1, loss.Count - 1).Count(i => loss[i] > Jump * loss[i - 1] && loss[i] > floor);
        if (rises >= Math.Max(2, loss.Count / 5))
        {
            return $"In {rises} of {loss.Count - 1} epochs the training loss rose by more than 15 %.";
        }

        float least = loss.Min();
        if (loss[^1] > 2 * least && loss[^1] > floor)
        {
            return $"The training loss had been {Numbers.Text(least)} and is {Numbers.Text(loss[^1])}.";
        }

        return loss[^1] > Thrown * baseline && loss.Min() > baseline
            ? $"The training loss, {Numbers.Text(loss[^1])}, is worse than that of a constant answer, {Numbers.Text(baseline)}."
            : null;
    }

    // The first steps may leave units dead and the loss at rest: nothing jumps any more, but the harm is done.
    private static string? Leaps(TrainingRecord record, IReadOnlyList<float> loss)
    {
        double baseline = Baseline.Of(record);
        bool failed = loss.Count >= 3 && (loss[0] > Thrown * baseline || loss.Min() > Unlearnt * baseline);
        return failed && record.TrainedLayers.Any(layer => record.ValuesOf(layer, static statistic => statistic.UpdateRatio)[0] > Leap)
            ? $"The training loss was {Numbers.Text(loss[0])} in the first epoch and is {Numbers.Text(loss[^1])}; a constant answer has {Numbers.Text(baseline)}."
            : null;
    }

    private static double? Moved(TrainingRecord record)
    {
        float[][] ratios = [.. record.TrainedLayers.Select(layer => record.ValuesOf(layer, static statistic => statistic.UpdateRatio))];
        double[] moved = [.. ratios.Select(layer => layer.Where(static ratio => !float.IsNaN(ratio)).Sum(static ratio => (double)ratio) * record.BatchesPerEpoch)];

        // Zero weights have no ratio; without batches nothing is known.
        bool isKnown = moved.Length > 0 && record.BatchesPerEpoch > 0 && !ratios.Any(static layer => layer.All(float.IsNaN));
        return isKnown && ratios.All(static layer => Numbers.Median(layer) < SmallStep) ? moved.Max() : null;
    }

    private static string RatioText(TrainingRecord record)
    {
        (string Layer, float Ratio)[] ratios =
        [
            .. record.TrainedLayers.Select(layer => (layer, record.ValuesOf(layer, static statistic => statistic.UpdateRatio).Where(float.IsFinite).DefaultIfEmpty(float.NaN).Max()))
                .Where(static pair => !float.IsNaN(pair.Item2)).OrderByDescending(static pair => pair.Item2),
        ];
        string ratio = ratios.Length == 0 ? "" : $"Steps changed {ratios[0].Layer} by up to {Numbers.Percent(ratios[0].Ratio)} of its weights' norm; about 0.1 % is usual.";
        return ratio + RateText(record);
    }

    private static string RateText(TrainingRecord record) =>
        record.LearningRates.Count == 0 ? "" : $" The learning rate is {Numbers.Text(record.LearningRates[^1])}.";
}
