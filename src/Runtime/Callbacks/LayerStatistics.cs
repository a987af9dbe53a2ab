using Unroll.Arguments;
using Unroll.Callbacks;

namespace Unroll;

/// <summary>
/// Measures what each layer learns, and puts it into the history: <c>history["dense1/gradient_norm"]</c>, and so into its CSV and JSON.
/// </summary>
/// <remarks>
/// <para>For each layer with trained parameters: <c>weight_norm</c>, <c>gradient_norm</c>, <c>update_norm</c> and <c>update_ratio</c>, the means
/// over every <c>every</c>-th step of the epoch, its first included. For activations without a slope at 0: <c>dead_units</c>. For bounded ones:
/// <c>saturation</c>. The latter two are measured at the end of the epoch in inference mode, on rows that lie evenly over the training data
/// (over those for validation, where training data come as a sequence of batches). <see cref="LayerStatistic"/> has the definitions.</para>
/// <para>A step that is not measured costs what it costs without the callback. <see cref="ProgressBar"/> and <see cref="History.SaveSvg"/>
/// leave these values out; callbacks that shall see them, as <see cref="CsvLogger"/>, stand behind this one.</para>
/// </remarks>
/// <example><code>
/// History history = model.Fit(train, epochs: 20, callbacks: [new LayerStatistics()]);
/// Console.WriteLine(history["dense1/gradient_norm"][^1]);
/// history.SaveCsv("layers.csv");
/// </code></example>
public sealed class LayerStatistics : Callback
{
    private readonly int _every;
    private readonly int _rows;
    private LayerNorms? _norms;

    /// <summary>Chooses how much to measure.</summary>
    /// <param name="every">Every so many steps of an epoch one is measured.</param>
    /// <param name="rows">The rows whose hidden values are looked at after each epoch; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is less than 1, or <paramref name="rows"/> negative.</exception>
    public LayerStatistics(int every = 10, int rows = 256)
    {
        _every = Require.AtLeast(1, every);
        _rows = Require.AtLeast(0, rows);
    }

    /// <summary>Whether the values go into logs and history; otherwise <see cref="Latest"/> alone has them.</summary>
    public bool InHistory { get; init; } = true;

    /// <summary>The values of the latest epoch, in the order of the layers.</summary>
    public IReadOnlyList<LayerStatistic> Latest { get; private set; } = [];

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        _norms = new LayerNorms(context.Model.Network);
        Latest = [];
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => _norms!.Begin();

    /// <inheritdoc/>
    public override bool WantsUpdateNorms(TrainingContext context) => context.Batch % _every == 0;

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        // Another callback may have asked for a step that is not this one's.
        if (context.UpdateNorms.Count > 0 && WantsUpdateNorms(context))
        {
            _norms!.Add(context.UpdateNorms);
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        Latest = HiddenValues.Measure(context, _rows, _norms!.End());
        if (!InHistory)
        {
            return;
        }

        foreach (LayerStatistic layer in Latest)
        {
            Report(context, layer, "weight_norm", layer.WeightNorm);
            Report(context, layer, "gradient_norm", layer.GradientNorm);
            Report(context, layer, "update_norm", layer.UpdateNorm);
            Report(context, layer, "update_ratio", layer.UpdateRatio);
            Report(context, layer, "dead_units", layer.DeadUnits);
            Report(context, layer, "saturation", layer.Saturation);
        }
    }

    internal override bool IsExclusive => true;

    private static void Report(TrainingContext context, LayerStatistic layer, string name, float value)
    {
        string key = $"{layer.Layer}/{name}";

        // An epoch without a value keeps its place among those that have one.
        if (!float.IsNaN(value) || context.History.ContainsKey(key))
        {
            context.Report(key, value);
        }
    }
}
