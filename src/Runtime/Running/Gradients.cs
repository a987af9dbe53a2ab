using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Unroll.Arguments;
using Unroll.Numerics;

namespace Unroll;

/// <summary>What <c>ComputeGradients</c> found: the loss of a batch and its derivative by every parameter.</summary>
public sealed class Gradients : IReadOnlyDictionary<string, float[]>
{
    private readonly Dictionary<string, float[]> _values;

    internal Gradients(float loss, Dictionary<string, float[]> values)
    {
        Loss = loss;
        _values = values;
    }

    /// <summary>The mean loss of the batch plus the penalties.</summary>
    public float Loss { get; }

    /// <summary>The names of the trained parameters, in layer order.</summary>
    public IEnumerable<string> Keys => _values.Keys;

    /// <summary>Their derivatives, in the same order.</summary>
    public IEnumerable<float[]> Values => _values.Values;

    /// <summary>How many there are.</summary>
    public int Count => _values.Count;

    /// <summary>The derivative by a parameter, in its logical shape, row-major: <c>gradients["dense1/kernel"]</c>.</summary>
    /// <exception cref="KeyNotFoundException">The name is not a parameter's; the message lists those that are.</exception>
    public float[] this[string parameter] => _values.TryGetValue(parameter, out float[]? values)
        ? values
        : throw new KeyNotFoundException($"There is no parameter '{NameList.Shortened(parameter)}': {NameList.Of(_values.Keys)}.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out float[] value) => _values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, float[]>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The loss, and how large the derivatives by each parameter are together: the norms that training watches.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"loss {Loss}; norms: {NameList.Of([.. _values.Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {Math.Sqrt(Sums.OfSquares(pair.Value)):g4}"))])}");
}
