using Unroll.Reports.Record;

namespace Unroll.Reports.Page;

/// <summary>Where, when and how.</summary>
internal static class RunSection
{
    public static void Write(Html html, TrainingRecord record)
    {
        if (record.Run is { } run)
        {
            html.Table("Run", ["what", "value"], run.Rows.Select(static row => (IReadOnlyList<string>)[Html.Encode(row.Name), Html.Encode(row.Value)]));
        }
    }
}
