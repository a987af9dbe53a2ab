using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Unroll.Arguments;
using Unroll.Reports;
using Unroll.Serialization;

namespace Unroll;

/// <summary>The values of each epoch of a <c>Fit</c>: <c>history["loss"]</c>, <c>history["val_accuracy"]</c>.</summary>
public sealed class History : IReadOnlyDictionary<string, IReadOnlyList<float>>
{
    private readonly List<string> _keys = [];
    private readonly Dictionary<string, List<float>> _values = [];

    /// <summary>The names in the order of Keras: loss, metrics, then their <c>val_</c> counterparts.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>Their values, one an epoch, in the same order.</summary>
    public IEnumerable<IReadOnlyList<float>> Values => _keys.Select(key => _values[key]);

    /// <summary>How many names there are; the epochs are <see cref="Epochs"/>.</summary>
    public int Count => _keys.Count;

    /// <summary>One value an epoch.</summary>
    /// <exception cref="KeyNotFoundException">The name is not present; the message lists those that are.</exception>
    public IReadOnlyList<float> this[string key] => _values.TryGetValue(key, out List<float>? values)
        ? values
        : throw new KeyNotFoundException($"There is no '{NameList.Shortened(key)}' in the history: {NameList.Of(_keys)}.");

    IEnumerable<string> IReadOnlyDictionary<string, IReadOnlyList<float>>.Keys => _keys;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out IReadOnlyList<float> value)
    {
        bool found = _values.TryGetValue(key, out List<float>? values);
        value = values;
        return found;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, IReadOnlyList<float>>> GetEnumerator() =>
        _keys.Select(key => KeyValuePair.Create(key, this[key])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The number of epochs, and the last value of each name: <c>5 epochs, loss: 0.25, val_loss: 0.3</c>.</summary>
    public override string ToString()
    {
        string epochs = Epochs == 1 ? "1 epoch" : string.Create(CultureInfo.InvariantCulture, $"{Epochs} epochs");
        IEnumerable<string> last = _keys.Where(key => _values[key].Count > 0)
            .Select(key => string.Create(CultureInfo.InvariantCulture, $"{key}: {_values[key][^1]}"));
        return string.Join(", ", last.Prepend(epochs));
    }

    /// <summary>Writes one line an epoch: its number, counted from 0, then the values in the order of <see cref="Keys"/>.</summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <remarks>Numbers are written in the invariant culture with all their digits; a value that an epoch lacks is left empty.</remarks>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only or somebody else's.</exception>
    public void SaveCsv(string path)
    {
        Require.NotEmpty(path);
        var text = new StringBuilder(CsvText.Line(_keys.Prepend("epoch")));
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            IEnumerable<string> values = _keys.Select(key => _values[key])
                .Select(values => epoch < values.Count ? values[epoch].ToString(CultureInfo.InvariantCulture) : "");
            text.Append(CsvText.Line(values.Prepend((FirstEpoch + epoch).ToString(CultureInfo.InvariantCulture))));
        }

        AtomicFile.Write(path, text.ToString());
    }

    /// <summary>Writes all values as JSON: <c>{"first_epoch": 0, "values": {"loss": [0.9, 0.5], "dense1/gradient_norm": [1.2, null]}}</c>.</summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <remarks>A value that is not finite, or that an epoch lacks, is null.</remarks>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only or somebody else's.</exception>
    public void SaveJson(string path) => AtomicFile.Write(Require.NotEmpty(path), stream => HistoryFile.WriteJson(FirstEpoch, this, stream));

    /// <summary>Reads what <see cref="SaveJson"/>, <see cref="SaveCsv"/> or a <see cref="CsvLogger"/> that separates by commas wrote.</summary>
    /// <param name="path">The file; its name ends in <c>.json</c> or <c>.csv</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or ends otherwise.</exception>
    /// <exception cref="InvalidDataException">The file is no history; the message has the line or what is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static History Load(string path)
    {
        (int firstEpoch, IReadOnlyList<KeyValuePair<string, float[]>> values) = HistoryFile.Read(Require.NotEmpty(path));
        var history = new History { FirstEpoch = firstEpoch };
        history.Restore(values);
        return history;
    }

    /// <summary>
    /// Draws the curves as an SVG image: a panel for the loss and one for each metric, training and validation together, epochs
    /// counted from 1 along the horizontal axis.
    /// </summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <remarks>Values that are not finite leave a gap in their curve.</remarks>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">There is no finished epoch to draw.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only or somebody else's.</exception>
    public void SaveSvg(string path)
    {
        Require.NotEmpty(path);
        if (Epochs == 0)
        {
            throw new InvalidOperationException("The history holds no finished epoch: there is nothing to draw.");
        }

        AtomicFile.Write(path, HistoryChart.Draw(this, Epochs));
    }

    /// <summary>The number of the epoch, from 0, that the first values are of.</summary>
    public int FirstEpoch { get; internal init; }

    /// <summary>The number of finished epochs.</summary>
    public int Epochs => _values.Count == 0 ? 0 : _values.Values.Max(values => values.Count);

    internal void Append(Logs logs)
    {
        foreach (string name in logs.Names)
        {
            ValuesOf(name).Add(logs[name]);
        }
    }

    /// <summary>Replaces all values.</summary>
    internal void Restore(IEnumerable<KeyValuePair<string, float[]>> values)
    {
        _keys.Clear();
        _values.Clear();
        foreach ((string key, float[] ofEpochs) in values)
        {
            ValuesOf(key).AddRange(ofEpochs);
        }
    }

    /// <summary>Sets a value of the last finished epoch.</summary>
    internal void SetLast(string name, float value)
    {
        int last = Epochs - 1;
        List<float> values = ValuesOf(name);
        while (values.Count < last)
        {
            values.Add(float.NaN);
        }

        if (values.Count > last)
        {
            values[last] = value;
        }
        else
        {
            values.Add(value);
        }
    }

    private List<float> ValuesOf(string name)
    {
        if (!_values.TryGetValue(name, out List<float>? values))
        {
            _keys.Add(name);
            _values.Add(name, values = []);
        }

        return values;
    }
}
