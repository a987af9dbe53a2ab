using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using Unroll.Arguments;
using Unroll.Compiled;
using Unroll.Numerics;

namespace Unroll;

/// <summary>Named values in a fixed order: <c>loss</c>, the metrics, then their <c>val_</c> counterparts.</summary>
public sealed class Logs : IReadOnlyDictionary<string, float>
{
    private readonly List<string> _names = [];
    private readonly List<float> _values = [];

    /// <summary>The names present, in order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The same as <see cref="Names"/>.</summary>
    public IReadOnlyList<string> Keys => _names;

    /// <summary>Their values, in the same order.</summary>
    public IEnumerable<float> Values => _values;

    /// <summary>How many there are.</summary>
    public int Count => _names.Count;

    IEnumerable<string> IReadOnlyDictionary<string, float>.Keys => _names;

    /// <summary>The value of a name.</summary>
    /// <exception cref="KeyNotFoundException">The name is not present; the message lists those that are.</exception>
    public float this[string name] => TryGet(name, out float value)
        ? value
        : throw new KeyNotFoundException($"There is no '{NameList.Shortened(name)}' among the logs: {NameList.Of(_names)}.");

    /// <summary>The value of a name, if it is present.</summary>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public bool TryGet(string name, out float value)
    {
        ArgumentNullException.ThrowIfNull(name);
        int index = IndexOf(name);
        value = index < 0 ? float.NaN : _values[index];
        return index >= 0;
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGet(key, out _);

    bool IReadOnlyDictionary<string, float>.TryGetValue(string key, out float value) => TryGet(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, float>> GetEnumerator() => _names.Zip(_values, KeyValuePair.Create).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Names and values in their order: <c>loss: 0.25, accuracy: 0.9</c>.</summary>
    public override string ToString() =>
        string.Join(", ", _names.Zip(_values, static (name, value) => string.Create(CultureInfo.InvariantCulture, $"{name}: {value}")));

    /// <summary>Whether a value is of a layer, as <c>dense1/gradient_norm</c>, rather than of the training.</summary>
    internal static bool IsOfLayer(string name) => name.Contains('/', StringComparison.Ordinal);

    /// <summary>The values as they are now.</summary>
    internal Logs Copy()
    {
        var copy = new Logs();
        copy._names.AddRange(_names);
        copy._values.AddRange(_values);
        return copy;
    }

    internal void Clear()
    {
        _names.Clear();
        _values.Clear();
    }

    internal void Set(string name, float value)
    {
        int index = IndexOf(name);
        if (index >= 0)
        {
            _values[index] = value;
            return;
        }

        _names.Add(name);
        _values.Add(value);
    }

    /// <summary>Sets the values of an output's metrics.</summary>
    /// <param name="goal">Of the output.</param>
    /// <param name="prefix">What stands before their names.</param>
    /// <param name="means">Those of several ranks, where a metric's own is of one.</param>
    [MethodImpl(FirstCall.Optimized)]
    internal void SetMetrics(OutputGoal goal, string prefix = "", Dictionary<Metric, float>? means = null)
    {
        for (int i = 0; i < goal.Metrics.Length; i++)
        {
            Metric metric = goal.Metrics[i];
            Set(prefix + goal.MetricNames[i], means is not null && means.TryGetValue(metric, out float mean) ? mean : metric.Result);
        }
    }

    // A list's own search asks a comparer, which takes longer for a few names that are nearly always the same object.
    private int IndexOf(string name)
    {
        for (int i = 0; i < _names.Count; i++)
        {
            if (_names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
