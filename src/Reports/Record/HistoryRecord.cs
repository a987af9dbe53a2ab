namespace Unroll.Reports.Record;

/// <summary>A record of which nothing but the history is left.</summary>
internal static class HistoryRecord
{
    private const string WeightNorm = "weight_norm";
    private const string GradientNorm = "gradient_norm";
    private const string UpdateNorm = "update_norm";
    private const string DeadUnits = "dead_units";
    private const string Saturation = "saturation";

    private static readonly string[] s_values = [WeightNorm, GradientNorm, UpdateNorm, DeadUnits, Saturation];

    public static TrainingRecord Of(History history, string title)
    {
        var record = new TrainingRecord { Network = title, History = history, IsOver = true };
        string[] layers = [.. history.Keys.Where(IsOfLayer).Select(LayerOf).Distinct()];
        for (int epoch = 0; epoch < history.Epochs && layers.Length > 0; epoch++)
        {
            record.Layers.Add([.. layers.Select(layer => Statistic(history, layer, epoch))]);
        }

        return record;
    }

    private static bool IsOfLayer(string key) => key.LastIndexOf('/') is > 0 and int slash && s_values.Contains(key[(slash + 1)..]);

    private static string LayerOf(string key) => key[..key.LastIndexOf('/')];

    private static LayerStatistic Statistic(History history, string layer, int epoch)
    {
        float Value(string name) =>
            history.TryGetValue($"{layer}/{name}", out IReadOnlyList<float>? values) && epoch < values.Count ? values[epoch] : float.NaN;

        // How many parameters it has is not known: 1 has the norm stand for itself.
        return new LayerStatistic(layer, Activation.Linear, history.ContainsKey($"{layer}/{WeightNorm}") ? 1 : 0)
        {
            WeightNorm = Value(WeightNorm),
            GradientNorm = Value(GradientNorm),
            UpdateNorm = Value(UpdateNorm),
            DeadUnits = Value(DeadUnits),
            Saturation = Value(Saturation),
        };
    }
}
