namespace Unroll.Reports.Record;

/// <summary>All that a report tells of one training.</summary>
internal sealed class TrainingRecord
{
    /// <summary>The network's class, or the file that the history came from.</summary>
    public required string Network { get; init; }

    public required History History { get; init; }

    /// <summary>What the layers were like in each epoch, in the order of the layers.</summary>
    public List<IReadOnlyList<LayerStatistic>> Layers { get; } = [];

    /// <summary>The learning rate of the last step of each epoch.</summary>
    public List<float> LearningRates { get; init; } = [];

    /// <summary>How long each epoch took.</summary>
    public List<float> Seconds { get; init; } = [];

    /// <summary>What was said beside the numbers.</summary>
    public List<string> Warnings { get; } = [];

    public string? Summary { get; init; }

    public NetworkGraph? Graph { get; init; }

    /// <summary>The outputs; empty where nothing but a history is known.</summary>
    public IReadOnlyList<Head> Heads { get; init; } = [];

    /// <summary>The losses by output.</summary>
    public IReadOnlyList<LossCurve> Losses => LossCurve.AllOf(Heads, History);

    /// <summary>Which layers lead to which.</summary>
    public LayerPaths Paths => field ??= new LayerPaths(Graph, TrainedLayers);

    public DataFacts? Training { get; init; }

    public DataFacts? Validation { get; init; }

    /// <summary>What the outputs say, each by itself.</summary>
    public IReadOnlyList<Predictions> Predictions { get; set; } = [];

    public RunFacts? Run { get; init; }

    public int BatchesPerEpoch { get; set; }

    /// <summary>What ended the training before its time.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether the training has come to an end, good or bad.</summary>
    public bool IsOver { get; set; }

    public int Epochs => History.Epochs;

    /// <summary>The names of the layers that have trained parameters, first to last.</summary>
    public IEnumerable<string> TrainedLayers => Layers.Count == 0 ? [] : Layers[^1].Where(static layer => layer.Parameters > 0).Select(static layer => layer.Layer);

    /// <summary>The trained layers that lead to one of several outputs and to no other.</summary>
    public IEnumerable<string> LayersOfNoOther(Head? head) => head is null or { IsAlone: true }
        ? []
        : TrainedLayers.Where(layer => LeadsTo(layer, head) && !Heads.Any(other => other != head && LeadsTo(layer, other)));

    /// <summary>A value of one layer over the epochs.</summary>
    public float[] ValuesOf(string layer, Func<LayerStatistic, float> value) =>
        [.. Layers.Select(epoch => epoch.FirstOrDefault(statistic => statistic.Layer == layer) is { } statistic ? value(statistic) : float.NaN)];

    private bool LeadsTo(string layer, Head head) => head.Layer is { } output && (layer == output || Paths.Leads(layer, output));

    /// <summary>A curve of the history; null where there is none.</summary>
    public IReadOnlyList<float>? Curve(string name) => History.TryGetValue(name, out IReadOnlyList<float>? values) ? values : null;
}
