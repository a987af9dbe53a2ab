using Unroll.Reports.Record;

namespace Unroll.Reports.Findings;

/// <summary>A parameter from which no step can be computed.</summary>
internal static class ParameterRule
{
    public static IEnumerable<Finding> Look(TrainingRecord record) => record.Failure is NonFiniteException { Parameter: { } parameter } failure
        ?
        [
            new Finding(
                FindingKind.ParameterNotFinite,
                $"{parameter} was not finite before the step",
                failure.Message,
                "finite values for it, by `Parameter.Assign` or `LoadWeights`, before training; where a callback or an optimizer of your own changes parameters, a look at what it writes."),
        ]
        : [];
}
