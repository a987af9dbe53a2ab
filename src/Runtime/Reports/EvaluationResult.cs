using System.Collections;

namespace Unroll;

/// <summary>What <c>Evaluate</c> found: <c>result["loss"]</c>, <c>result["accuracy"]</c>.</summary>
public sealed class EvaluationResult : IReadOnlyDictionary<string, float>
{
    private readonly Logs _logs;

    internal EvaluationResult(Logs logs)
    {
        _logs = logs;
    }

    /// <summary>The names: <c>loss</c>, then the metrics as compiled.</summary>
    public IReadOnlyList<string> Keys => _logs.Names;

    /// <summary>Their values, in the same order.</summary>
    public IEnumerable<float> Values => _logs.Values;

    /// <summary>How many there are.</summary>
    public int Count => _logs.Count;

    /// <summary>The data loss plus the penalties.</summary>
    public float Loss => _logs["loss"];

    /// <summary>The value of a name.</summary>
    /// <exception cref="KeyNotFoundException">The name is not present; the message lists those that are.</exception>
    public float this[string key] => _logs[key];

    IEnumerable<string> IReadOnlyDictionary<string, float>.Keys => Keys;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _logs.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out float value) => _logs.TryGet(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, float>> GetEnumerator() => _logs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Names and values: <c>loss: 0.25, accuracy: 0.9</c>.</summary>
    public override string ToString() => _logs.ToString();
}
