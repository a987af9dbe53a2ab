namespace Unroll;

/// <summary>The values of each epoch of a <c>Fit</c>: <c>history["loss"]</c>, <c>history["val_accuracy"]</c>.</summary>
public sealed class History
{
    private readonly List<string> _keys = [];
    private readonly Dictionary<string, List<float>> _values = [];

    /// <summary>The names in the order of Keras: loss, metrics, then their <c>val_</c> counterparts.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>One value an epoch.</summary>
    /// <exception cref="KeyNotFoundException">The name is not present; the message lists those that are.</exception>
    public IReadOnlyList<float> this[string key] => _values.TryGetValue(key, out List<float>? values)
        ? values
        : throw new KeyNotFoundException($"There is no '{key}' in the history: {string.Join(", ", _keys)}.");

    internal void Append(Logs logs)
    {
        foreach (string name in logs.Names)
        {
            if (!_values.TryGetValue(name, out List<float>? values))
            {
                _keys.Add(name);
                _values.Add(name, values = []);
            }

            values.Add(logs[name]);
        }
    }
}
