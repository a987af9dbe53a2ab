namespace Unroll;

/// <summary>What <c>ComputeGradients</c> found: the loss of a batch and its derivative by every parameter.</summary>
public sealed class Gradients
{
    private readonly Dictionary<string, float[]> _values;

    internal Gradients(float loss, Dictionary<string, float[]> values)
    {
        Loss = loss;
        _values = values;
    }

    /// <summary>The mean loss of the batch plus the penalties.</summary>
    public float Loss { get; }

    /// <summary>The derivative by a parameter, in its logical shape, row-major: <c>gradients["dense1/kernel"]</c>.</summary>
    /// <exception cref="KeyNotFoundException">The name is not a parameter's; the message lists those that are.</exception>
    public float[] this[string parameter] => _values.TryGetValue(parameter, out float[]? values)
        ? values
        : throw new KeyNotFoundException($"There is no parameter '{parameter}': {string.Join(", ", _values.Keys)}.");
}
