using System.Globalization;

namespace Unroll;

/// <summary>Writes a line of numbers to a CSV file after each epoch.</summary>
/// <remarks>
/// The columns are <c>epoch</c>, counted from 0, then the logs in their order: <c>loss</c>, the metrics, their <c>val_</c> counterparts.
/// The first epoch decides the columns; a value missing later is <c>NA</c>. Numbers are written in the invariant culture with all their
/// digits. The file is complete after every epoch, even if training fails later. A training that <see cref="BackupAndRestore"/> goes on with
/// keeps the lines of the epochs it has behind it, and each epoch stands once. After <c>keras.callbacks.CSVLogger</c> (Keras 3), which orders
/// the columns by name.
/// </remarks>
/// <example><code>model.Fit(train, epochs: 20, callbacks: [new CsvLogger("training.csv")]);</code></example>
public sealed class CsvLogger : Callback
{
    private const long Half = 1 << 24;

    private readonly string _path;
    private readonly string _separator;
    private readonly bool _append;
    private string[] _names = [];

    // Where the next line begins; null while the file is as it was before this training.
    private long? _end;
    private long _keep;

    /// <summary>Chooses the file.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="separator">What stands between two values.</param>
    /// <param name="append">Whether an existing file is continued, without a second header, rather than replaced.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> or <paramref name="separator"/> is empty.</exception>
    public CsvLogger(string path, string separator = ",", bool append = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(separator);
        _path = Require.NotEmpty(path);
        _separator = separator;
        _append = append;
    }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        _names = [];
        _end = null;
        _keep = _append && File.Exists(_path) ? new FileInfo(_path).Length : 0;
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context)
    {
        if (_end is null)
        {
            // Not before: only now is it known whether an earlier training goes on, and how many of its lines count.
            using FileStream file = new(_path, FileMode.OpenOrCreate, FileAccess.Write);
            _end = Math.Min(_keep, file.Length);
            file.SetLength(_end.Value);
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        Logs logs = context.Logs;
        if (_names.Length == 0)
        {
            _names = [.. logs.Names];
        }

        if (_end == 0)
        {
            WriteLine("epoch", _names);
        }

        WriteLine(
            context.Epoch.ToString(CultureInfo.InvariantCulture),
            _names.Select(name => logs.TryGet(name, out float value) ? value.ToString(CultureInfo.InvariantCulture) : "NA"));
    }

    internal override bool IsExclusive => true;

    // Two numbers: one float counts bytes only up to 2²⁴.
    /// <inheritdoc/>
    public override void CaptureState(CallbackState state) => state.Add("length", [Math.DivRem(_end ?? _keep, Half, out long rest), rest]);

    /// <inheritdoc/>
    public override void RestoreState(TrainingContext context, CallbackState state)
    {
        if (state.Values("length", count: 2) is [float high, float low])
        {
            _keep = ((long)high * Half) + (long)low;
        }
    }

    private void WriteLine(string first, IEnumerable<string> rest)
    {
        File.AppendAllText(_path, string.Join(_separator, rest.Prepend(first).Select(Quoted)) + "\n");
        _end = new FileInfo(_path).Length;
    }

    private string Quoted(string field) =>
        field.Contains(_separator, StringComparison.Ordinal) || field.Contains('"', StringComparison.Ordinal)
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;
}
