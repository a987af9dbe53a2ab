using System.Globalization;
using System.Text;

namespace Unroll.Shift;

/// <summary>A covariate shift in words and a table, under every culture the same.</summary>
internal static class CovariateShiftText
{
    private const int MostLines = 20;

    public static string Of(CovariateShiftReport report)
    {
        var text = new StringBuilder();
        FeatureShift[] moved =
        [
            .. report.Features.Where(static feature => feature.IsShifted)
                .OrderBy(static feature => feature.PValue)
                .ThenByDescending(static feature => feature.Statistic),
        ];
        Line(text, $"covariate shift: {(report.IsShifted ? "yes" : "none found")}, at level {report.Level:0.###}; {report.SourceCount} rows of the source, {report.TargetCount} of the target");
        Line(text, $"whole rows:      {Equal(report.JointPValue)}; a classifier tells them apart with AUC {report.Classifier.AreaUnderCurve:0.000} ({Equal(report.Classifier.PValue)}), MMD² = {report.Discrepancy.Statistic:0.00000} ({Equal(report.Discrepancy.PValue)})");
        Line(text, $"features:        {moved.Length} of {report.Features.Count} moved");
        if (moved.Length == 0)
        {
            return text.ToString().TrimEnd();
        }

        int width = Math.Max(7, moved.Take(MostLines).Max(static feature => feature.Name.Length));
        text.Append('\n');
        Line(text, $"  {"feature".PadRight(width)}  {"p, corrected",12}  {"D",5}  {"mean",21}  {"moved by",8}  {"deviation",21}");
        foreach (FeatureShift feature in moved.Take(MostLines))
        {
            Line(text, $"  {feature.Name.PadRight(width)}  {Of(feature.AdjustedPValue),12}  {feature.Statistic,5:0.000}  {feature.SourceMean,9:G4} → {feature.TargetMean,-9:G4}  {feature.MeanShift,5:+0.0;-0.0;0.0} sd  {feature.SourceDeviation,9:G4} → {feature.TargetDeviation,-9:G4}");
        }

        if (moved.Length > MostLines)
        {
            Line(text, $"  and {moved.Length - MostLines} more");
        }

        return text.ToString().TrimEnd();
    }

    // Beyond one in 10³⁰ a p-value says more of its formula than of the data.
    private static string Of(float p) => p switch
    {
        < 1e-30f => "< 1e-30",
        < 0.0001f => p.ToString("0.0e-0", CultureInfo.InvariantCulture),
        _ => p.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    private static string Equal(float p) => p < 1e-30f ? $"p {Of(p)}" : $"p = {Of(p)}";

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');
}
