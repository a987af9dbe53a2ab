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

    // Shares of the loss of an answer that knows nothing: an epoch thrown far off, and one that has learnt nothing.
    private const double Thrown = 1.5;
    private const double Unlearnt = 0.9;

    // A step of this share of the weights is no small one: where few were taken, training is young.
    private const float SmallStep = 1e-4f;

    public static IEnumerable<Finding> Look(TrainingRecord record)
    {
        IReadOnlyList<float> loss = record.Curve("loss") ?? [];
        if (record.Failure is NonFiniteException { Parameter: not null })
        {
            // No step was taken from there, so none was too large or too small.
            yield break;
        }

        if (record.Failure is NonFiniteException failure)
        {
            yield return new Finding(
                FindingKind.LearningRateTooLarge,
                "The loss left the finite numbers",
                $"{failure.Message} {RatioText(record)}",
                "a learning rate ten times smaller; `ClipNorm` or `GlobalClipNorm` of the optimizer; features and targets scaled to about 1.");
        }
        else if ((OfAll(record, loss) ?? record.Losses.Select(output => OfOutput(record, output)).FirstOrDefault(static jumps => jumps is not null)) is { } jumps)
        {
            yield return new Finding(
                FindingKind.LearningRateTooLarge,
                "The loss jumps or rises: the steps are too large",
                $"{jumps} {RatioText(record)}",
                "a learning rate three to ten times smaller (`model.FindLearningRate(data)` sweeps it); a schedule or `ReduceLROnPlateau`; larger batches.");
        }
        else if (Moved(record, record.TrainedLayers) is double moved && moved < Little && Stays(loss))
        {
            yield return new Finding(
                FindingKind.LearningRateTooSmall,
                "The steps are too small to get anywhere",
                $"All updates of {record.Epochs} epochs together can have moved the weights of no layer by more than {Numbers.Percent(moved)}, "
                + $"and the loss went from {Numbers.Text(loss[0])} to {Numbers.Text(loss[^1])}.{RateText(record)}",
                "a learning rate ten to a hundred times larger (`model.FindLearningRate(data)` sweeps it).");
        }
        else
        {
            foreach (LossCurve output in record.Losses)
            {
                IReadOnlyList<float> own = record.Curve(output.Key) ?? [];
                if (Moved(record, record.LayersOfNoOther(output.Head)) is double branch && branch < Little && Stays(own))
                {
                    yield return new Finding(
                        FindingKind.LearningRateTooSmall,
                        $"The steps are too small to get output {output.Output} anywhere",
                        $"All updates of {record.Epochs} epochs together can have moved the weights of no layer that only it has by more than {Numbers.Percent(branch)}, "
                        + $"and its loss went from {Numbers.Text(own[0])} to {Numbers.Text(own[^1])}.{RateText(record)}",
                        "a larger weight of its loss (`lossWeights` of `Compile`); a larger learning rate; `Adam`, whose steps do not depend on the gradient's size.");
                }
            }
        }
    }

    private static bool Stays(IReadOnlyList<float> loss) => loss.Count >= 2 && !(loss[^1] < 0.5f * loss[0]);

    private static string? OfAll(TrainingRecord record, IReadOnlyList<float> loss)
    {
        Baseline baseline = Baseline.Of(record);
        return Jumps(loss, baseline, "") ?? Leaps(record, loss, baseline, "", record.TrainedLayers, Unlearnt);
    }

    // Layers that other outputs have too may leap to the good of those; and one that learns nothing beside others that learn has other reasons.
    private static string? OfOutput(TrainingRecord record, LossCurve output)
    {
        IReadOnlyList<float> loss = record.Curve(output.Key) ?? [];
        Baseline baseline = Baseline.Of(record, output.Head);
        return Jumps(loss, baseline, output.Of) ?? Leaps(record, loss, baseline, output.Of, record.LayersOfNoOther(output.Head), double.PositiveInfinity);
    }

    private static string? Jumps(IReadOnlyList<float> loss, Baseline baseline, string of)
    {
        if (loss.Count < 4)
        {
            return null;
        }

        double floor = Small * (double.IsNaN(baseline.Constant) ? loss[0] : baseline.Constant);
        int rises = Enumerable.Range(1, loss.Count - 1).Count(i => loss[i] > Jump * loss[i - 1] && loss[i] > floor);
        if (rises >= Math.Max(2, loss.Count / 5))
        {
            return $"In {rises} of {loss.Count - 1} epochs the training loss{of} rose by more than 15 %.";
        }

        float least = loss.Min();
        if (loss[^1] > 2 * least && loss[^1] > floor)
        {
            return $"The training loss{of} had been {Numbers.Text(least)} and is {Numbers.Text(loss[^1])}.";
        }

        return loss[^1] > Thrown * baseline.Untrained && least > baseline.Constant
            ? $"The training loss{of}, {Numbers.Text(loss[^1])}, is worse than that of a constant answer, {Numbers.Text(baseline.Constant)}."
            : null;
    }

    // The first steps may leave units dead and the loss at rest: nothing jumps any more, but the harm is done.
    private static string? Leaps(TrainingRecord record, IReadOnlyList<float> loss, Baseline baseline, string of, IEnumerable<string> layers, double unlearnt)
    {
        bool failed = loss.Count >= 3 && (loss[0] > Thrown * baseline.Untrained || loss.Min() > unlearnt * baseline.Constant);
        return failed && layers.Any(layer => record.ValuesOf(layer, static statistic => statistic.UpdateRatio)[0] > Leap)
            ? $"The training loss{of} was {Numbers.Text(loss[0])} in the first epoch and is {Numbers.Text(loss[^1])}; a constant answer has {Numbers.Text(baseline.Constant)}."
            : null;
    }

    private static double? Moved(TrainingRecord record, IEnumerable<string> layers)
    {
        float[][] ratios = [.. layers.Select(layer => record.ValuesOf(layer, static statistic => statistic.UpdateRatio))];
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
