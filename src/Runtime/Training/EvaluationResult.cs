namespace Unroll;

/// <summary>What <c>Evaluate</c> found: <c>result["loss"]</c>, <c>result["accuracy"]</c>.</summary>
public sealed class EvaluationResult
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
}
