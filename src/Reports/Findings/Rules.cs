using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>All that is looked for, the gravest first.</summary>
internal static class Rules
{
    private static readonly Func<TrainingRecord, IEnumerable<Finding>>[] s_rules =
    [
        ParameterRule.Look,
        LabelRule.Look,
        LearningRateRule.Look,
        GradientRule.Look,
        UnitRule.Look,
        ProgressRule.Look,
        GeneralizationRule.Look,
        FeatureRule.Look,
        ImbalanceRule.Look,
    ];

    public static IReadOnlyList<Finding> Look(TrainingRecord record) => [.. s_rules.SelectMany(rule => rule(record))];
}
