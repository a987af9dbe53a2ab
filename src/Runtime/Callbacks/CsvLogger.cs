using System.Globalization;

namespace Unroll;

/// <summary>Writes a line of numbers to a CSV file after each epoch.</summary>
/// <remarks>
/// The columns are <c>epoch</c>, counted from 0, then the logs in their order: <c>loss</c>, the metrics, their <c>val_</c> counterparts.
/// The first epoch decides the columns; a value missing later is <c>NA</c>. Numbers are written in the invariant culture with all their
/// digits. The file is complete after every epoch, even if training fails later. After <c>keras.callbacks.CSVLogger</c> (Keras 3), which
/// orders the columns by name.
/// </remarks>
/// <example><code>model.Fit(train, epochs: 20, callbacks: [new CsvLogger("training.csv")]);</code></example>
public sealed class CsvLogger : Callback
{
    private readonly string _path;
    private readonly string _separator;
    private readonly bool _append;
    private string[] _names = [];
    private bool _needsHeader;

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
        if (!_append)
        {
            File.WriteAllText(_path, "");
        }

        _needsHeader = !File.Exists(_path) || new FileInfo(_path).Length == 0;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        Logs logs = context.Logs;
        if (_names.Length == 0)
        {
            _names = [.. logs.Names];
        }

        if (_needsHeader)
        {
            WriteLine("epoch", _names);
            _needsHeader = false;
        }

        WriteLine(
            context.Epoch.ToString(CultureInfo.InvariantCulture),
            _names.Select(name => logs.TryGet(name, out float value) ? value.ToString(CultureInfo.InvariantCulture) : "NA"));
    }

    private void WriteLine(string first, IEnumerable<string> rest) =>
        File.AppendAllText(_path, string.Join(_separator, rest.Prepend(first).Select(Quoted)) + "\n");

    private string Quoted(string field) =>
        field.Contains(_separator, StringComparison.Ordinal) || field.Contains('"', StringComparison.Ordinal)
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;
}
