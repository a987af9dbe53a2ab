using System.Globalization;
using System.Text;
using Unroll.Arguments;
using Unroll.Serialization;

namespace Unroll;

/// <summary>Writes a line of numbers to a CSV file after each epoch.</summary>
/// <remarks>
/// The columns are <c>epoch</c>, counted from 0, then the logs in their order: <c>loss</c>, the metrics, their <c>val_</c> counterparts.
/// The first epoch decides the columns; a value missing later is <c>NA</c>. Numbers are written in the invariant culture with all their
/// digits. The file is complete after every epoch, even if training fails later. After <c>keras.callbacks.CSVLogger</c> (Keras 3), which
/// orders the columns by name. Beside <see cref="BackupAndRestore"/> a training that goes on continues the file where the backup was
/// made, so that each epoch has one line, whatever <c>append</c> is. Two loggers of one file in one training are an
/// <see cref="ArgumentException"/> of <c>Fit</c>.
/// </remarks>
/// <example><code>model.Fit(train, epochs: 20, callbacks: [new CsvLogger("training.csv")]);</code></example>
public sealed class CsvLogger : Callback
{
    // Single precision holds a file's length in two numbers.
    private const long LengthBase = 1 << 20;

    private readonly string _path;
    private readonly string _separator;
    private readonly bool _append;
    private string[] _names = [];

    // The bytes of the file that stay when training begins; null once it has begun.
    private long? _kept;

    /// <summary>Chooses the file.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="separator">What stands between two values.</param>
    /// <param name="append">Whether an existing file is continued, without a second header, rather than replaced.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> or <paramref name="separator"/> is empty, or the separator has a line's end or a quotation mark.</exception>
    public CsvLogger(string path, string separator = ",", bool append = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(separator);
        if (separator.AsSpan().ContainsAny('\n', '\r', '"'))
        {
            throw new ArgumentException("A separator stands within a line: it must have no line's end and no quotation mark.", nameof(separator));
        }

        _path = Require.NotEmpty(path);
        _separator = separator;
        _append = append;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The path names a directory, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        _names = [];
        SaveTarget target = SaveTarget.Of(_path);
        _kept = _append && target.Exists ? new FileInfo(target.File).Length : 0;
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context)
    {
        // Not before: only now it is known whether an earlier training goes on.
        if (_kept is long kept && context.IsFirstRank)
        {
            _kept = null;
            using FileStream file = Open();
            file.SetLength(Math.Min(kept, file.Length));
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        if (!context.IsFirstRank)
        {
            return;
        }

        Logs logs = context.Logs;
        if (_names.Length == 0)
        {
            _names = [.. logs.Names];
        }

        using FileStream file = Open();
        IEnumerable<string> values = _names.Select(name => logs.TryGet(name, out float value) ? value.ToString(CultureInfo.InvariantCulture) : "NA");
        string line = CsvText.Line(values.Prepend(context.Epoch.ToString(CultureInfo.InvariantCulture)), _separator);
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes(file.Length == 0 ? CsvText.Line(_names.Prepend("epoch"), _separator) + line : line));
    }

    internal override bool IsExclusive => true;

    internal override string WrittenFile => _path;

    /// <inheritdoc/>
    public override void CaptureState(CallbackState state)
    {
        // The lines must not be younger on the disk than the backup that counts them.
        using FileStream? file = _kept is null ? Open() : null;
        file?.Flush(flushToDisk: true);
        (long high, long low) = Math.DivRem(_kept ?? file!.Length, LengthBase);
        state.Add("length", [high, low]);
    }

    /// <inheritdoc/>
    public override void RestoreState(TrainingContext context, CallbackState state)
    {
        if (state.Values("length", count: 2) is [float high, float low])
        {
            _kept = ((long)high * LengthBase) + (long)low;
        }
    }

    private FileStream Open() => new(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
}
