using System.Diagnostics;
using Unroll.Reports.Findings;
using Unroll.Reports.Page;
using Unroll.Reports.Record;
using Unroll.Serialization;

namespace Unroll;

/// <summary>Writes one HTML file that shows a training: curves, layers, data, predictions, and in words what went wrong.</summary>
/// <remarks>
/// <para>The file needs nothing beside itself and asks nothing of any network. It is replaced as a whole after the first epoch and after each
/// that ends when at least nine times the duration of the last writing have passed, so that reports take at most a tenth of the time; and at
/// the end, also where an exception ends the training. A crash leaves the last one.</para>
/// <para>What it tells of layers is what <see cref="LayerStatistics"/> measures; the history gets that only from a callback of that kind.</para>
/// </remarks>
/// <example><code>
/// var report = new TrainingReport("report.html");
/// model.Fit(train, epochs: 20, validation: valid, callbacks: [report]);
/// foreach (Finding finding in report.Findings) Console.WriteLine(finding);
/// </code></example>
public sealed class TrainingReport : Callback
{
    private const int Patience = 9;

    private readonly string _path;
    private readonly LayerStatistics _statistics;
    private Head[] _heads = [];
    private TrainingRecord? _record;
    private TimeSpan _cost;
    private long _written;

    /// <summary>Chooses the file and how much to measure.</summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <param name="every">Every so many steps of an epoch the layers' norms are measured.</param>
    /// <param name="rows">The rows whose hidden values are looked at after each epoch; 0 for none.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is less than 1, or <paramref name="rows"/> negative.</exception>
    public TrainingReport(string path, int every = 10, int rows = 256)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = path;
        _statistics = new LayerStatistics(every, rows) { InHistory = false };
    }

    /// <summary>What is wrong with the training as far as it went, the gravest first; empty where nothing is.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>Writes the page of a training of which the history is left: curves, layers where they were measured, and findings.</summary>
    /// <param name="history">The history, as <see cref="History.Load"/> reads it.</param>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <param name="title">What the page is headed.</param>
    /// <returns>What is wrong with the training, as far as a history tells.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> or <paramref name="title"/> is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static IReadOnlyList<Finding> Write(History history, string path, string title)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        TrainingRecord record = HistoryRecord.Of(history, title);
        IReadOnlyList<Finding> findings = Rules.Look(record);
        AtomicFile.Write(path, ReportPage.Of(record, findings));
        return findings;
    }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        _statistics.OnTrainBegin(context);
        _heads = Head.AllOf(context.Outputs);
        _record = new TrainingRecord
        {
            Network = context.Graph.Name,
            History = context.History,
            Summary = context.Model.Summary(),
            Graph = context.Graph,
            Heads = _heads,
            Training = DataFacts.Of(context.Training, _heads),
            Validation = DataFacts.Of(context.Validation, _heads),
            Run = RunFacts.Of(context, DateTimeOffset.UtcNow),
        };
        Findings = [];
        _written = 0;
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => _statistics.OnEpochBegin(context);

    /// <inheritdoc/>
    public override bool WantsUpdateNorms(TrainingContext context) => _statistics.WantsUpdateNorms(context);

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context) => _statistics.OnBatchEnd(context);

    /// <inheritdoc/>
    public override void OnWarning(TrainingContext context, string message) => _record!.Warnings.Add(message);

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only or somebody else's.</exception>
    public override void OnEpochEnd(TrainingContext context)
    {
        Take(context);
        _record!.LearningRates.Add(context.LearningRate);
        _record.Seconds.Add((float)context.EpochTime.TotalSeconds);
        if (_written == 0 || Stopwatch.GetElapsedTime(_written) >= Patience * _cost)
        {
            Write(context);
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context)
    {
        _record!.IsOver = true;
        Write(context);
    }

    /// <inheritdoc/>
    public override void OnTrainFailed(TrainingContext context, Exception exception)
    {
        if (exception is NonFiniteException)
        {
            Take(context);
        }

        _record!.Failure = exception;
        _record.IsOver = true;
        Write(context);
    }

    private void Take(TrainingContext context)
    {
        _statistics.OnEpochEnd(context);
        _record!.Layers.Add(_statistics.Latest);
        _record.BatchesPerEpoch = Math.Max(_record.BatchesPerEpoch, context.Batch + 1);
    }

    private void Write(TrainingContext context)
    {
        long start = Stopwatch.GetTimestamp();
        _record!.Predictions = Predictions.Of(context, _heads);
        Findings = Rules.Look(_record);
        if (context.IsFirstRank)
        {
            AtomicFile.Write(_path, ReportPage.Of(_record, Findings));
        }

        _written = Stopwatch.GetTimestamp();
        _cost = Stopwatch.GetElapsedTime(start, _written);
    }
}
