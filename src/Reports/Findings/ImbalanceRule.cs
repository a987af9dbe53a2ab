using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>A class that is not recognized, behind an accuracy that looks well.</summary>
internal static class ImbalanceRule
{
    private const int FewestSamples = 5;
    private const int FewestEpochs = 3;

    // Of the samples each class would have if all had as many.
    private const double Rare = 0.5;
    private const double High = 0.7;
    private const double Low = 0.15;

    public static IEnumerable<Finding> Look(TrainingRecord record) => record.Epochs < FewestEpochs
        ? []
        : record.Predictions.Where(static predictions => predictions.Classes >= 2)
            .SelectMany(predictions => Look(predictions, predictions.Head.OfOutput));

    private static IEnumerable<Finding> Look(Predictions predictions, string place)
    {
        int[] rows = [.. Enumerable.Range(0, predictions.Classes).Select(predictions.Row)];
        double rare = Rare * rows.Sum() / predictions.Classes;
        double accuracy = Enumerable.Range(0, predictions.Classes).Sum(label => predictions.Confusion[label, label]) / (double)Math.Max(1, rows.Sum());
        int[] missed = [.. Enumerable.Range(0, predictions.Classes).Where(label => rows[label] >= FewestSamples && rows[label] < rare && Recall(label) < Low)];
        if (accuracy >= High && missed.Length > 0)
        {
            double majority = rows.Max() / (double)rows.Sum();
            yield return new Finding(
                FindingKind.HiddenImbalance,
                $"Class {Numbers.List([.. missed.Select(static label => $"{label}")])}{place} is not recognized, and the accuracy hides it",
                $"Of {(predictions.OfValidation ? "validation" : "training")} samples {Numbers.Percent(accuracy)} are right, where always answering the most frequent class gives {Numbers.Percent(majority)}; "
                + $"recognized: {Numbers.List([.. missed.Select(label => $"{predictions.Confusion[label, label]} of {rows[label]} of class {label}")])}.",
                "`classWeight` in `Fit`; metrics that see each class: `Recall`, `F1Score`, `AUC`, `ConfusionMatrix`; more samples of that class; another threshold.");
        }

        double Recall(int label) => predictions.Confusion[label, label] / (double)rows[label];
    }
}
