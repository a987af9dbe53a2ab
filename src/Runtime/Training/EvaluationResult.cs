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

    /// <summary>The data loss plus the penalties.</summary>
    public float Loss => _logs["loss"];

    /// <summary>The value of a name.</summary>
    /// <exception cref="KeyNotFoundException">The name is not present; the message lists those that are.</exception>
    public float this[string key] => _logs[key];

    int IReadOnlyCollection<KeyValuePair<string, float>>.Count => Keys.Count;

    IEnumerable<string> IReadOnlyDictionary<string, float>.Keys => Keys;

    IEnumerable<float> IReadOnlyDictionary<string, float>.Values => Keys.Select(key => this[key]);

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
