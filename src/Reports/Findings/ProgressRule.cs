using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>A training loss that stays where it was, or comes to rest high.</summary>
internal static class ProgressRule
{
    private const int FewestEpochs = 5;
    private const float Plateau = 0.02f;

    // Shares of the loss of a constant answer.
    private const double Nothing = 0.97;
    private const double Little = 0.8;

    public static IEnumerable<Finding> Look(TrainingRecord record) => record.Losses.SelectMany(output => Look(record, output));

    private static IEnumerable<Finding> Look(TrainingRecord record, LossCurve output)
    {
        IReadOnlyList<float> loss = record.Curve(output.Key) ?? [];
        double baseline = Baseline.Of(record, output.Head).Constant;
        if (loss.Count < FewestEpochs || !(baseline > 0))
        {
            yield break;
        }

        float least = loss.Min();
        if (least > Nothing * baseline && Rests(loss))
        {
            yield return new Finding(
                FindingKind.NotLearning,
                output.Output.Length == 0 ? "The network learns nothing from the features" : $"Output {output.Output} learns nothing from the features",
                $"The training loss{output.Of}, {Numbers.Text(least)} at best in {loss.Count} epochs, is that of an answer that does not look at them: {Numbers.Text(baseline)}.",
                "another learning rate; what else is found here about gradients, units and features; whether features and targets belong to the same rows; "
                + "twenty samples alone, which any network must be able to learn by heart.");
        }
        else if (least > Little * baseline && Rests(loss))
        {
            yield return new Finding(
                FindingKind.Underfitting,
                $"The training loss{output.Of} rests high: the network says little about the targets",
                $"It is {Numbers.Text(least)}, {Numbers.Percent(least / baseline)} of that of a constant answer, {Numbers.Text(baseline)}, and fell by less than "
                + $"{Numbers.Percent(Plateau)} in the last third of {loss.Count} epochs.",
                "more units or layers; less dropout and smaller penalties; features that tell more; another learning rate. Where targets are mostly noise, this is all there is.");
        }
    }

    private static bool Rests(IReadOnlyList<float> loss)
    {
        float before = loss[(loss.Count * 2 / 3) - 1];
        return loss[^1] > (1 - Plateau) * before;
    }
}
