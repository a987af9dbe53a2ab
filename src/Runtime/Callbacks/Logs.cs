namespace Unroll;

/// <summary>Named values in a fixed order: <c>loss</c>, the metrics, then their <c>val_</c> counterparts.</summary>
public sealed class Logs
{
    private readonly List<string> _names = [];
    private readonly List<float> _values = [];

    /// <summary>The names present, in order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The value of a name.</summary>
    /// <exception cref="KeyNotFoundException">The name is not present; the message lists those that are.</exception>
    public float this[string name] => TryGet(name, out float value)
        ? value
        : throw new KeyNotFoundException($"There is no '{name}' among the logs: {string.Join(", ", _names)}.");

    /// <summary>The value of a name, if it is present.</summary>
    public bool TryGet(string name, out float value)
    {
        int index = _names.IndexOf(name);
        value = index < 0 ? float.NaN : _values[index];
        return index >= 0;
    }

    internal void Clear()
    {
        _names.Clear();
        _values.Clear();
    }

    internal void Set(string name, float value)
    {
        int index = _names.IndexOf(name);
        if (index >= 0)
        {
            _values[index] = value;
            return;
        }

        _names.Add(name);
        _values.Add(value);
    }
}
