using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Unroll.Arguments;
using Unroll.Compiled;
using Unroll.Memory;
using Unroll.Running;

namespace Unroll;

/// <summary>The value of every layer for some samples, by the layer's name: what <see cref="ModelBase.Activations"/> gives.</summary>
/// <remarks>The name of a use of a block, <c>tower</c>, gives the value of its last layer, which is listed by its own: <c>tower/dense2</c>.</remarks>
public sealed class Activations : IReadOnlyDictionary<string, float[]>
{
    private readonly Dictionary<string, float[]> _values = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    private Activations()
    {
    }

    /// <summary>The names of the layers, in the order in which they run.</summary>
    public IEnumerable<string> Keys => _names;

    /// <summary>Their values, in the same order.</summary>
    public IEnumerable<float[]> Values => _names.Select(name => _values[name]);

    /// <inheritdoc/>
    public int Count => _names.Count;

    /// <summary>A layer's value: n × the size of its output, row-major.</summary>
    /// <exception cref="KeyNotFoundException">There is no such layer; the message names those there are.</exception>
    public float[] this[string layer] => TryGetValue(layer, out float[]? values)
        ? values
        : throw new KeyNotFoundException($"There is no layer '{NameList.Shortened(layer)}'. There are: {NameList.Of(_names)}.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out float[] value) =>
        _values.TryGetValue(key, out value) || (LastOf(key) is { } layer && _values.TryGetValue(layer, out value));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, float[]>> GetEnumerator() =>
        _names.Select(name => KeyValuePair.Create(name, _values[name])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The layers of a block stand in their order, and what it gives is the value of the last.
    private string? LastOf(string use) => _names.FindLast(name => name.StartsWith(use + "/", StringComparison.Ordinal));

    internal static Activations Of(NetworkInstance instance, ReadOnlySpan<float> features, int rows)
    {
        NetworkDescription network = instance.Network;
        ObservedDescription observed = network.Observed
            ?? throw new InvalidOperationException($"{network.Name} was compiled without the code that keeps its hidden values.");
        var prepared = new Arena(observed.PreparedFloats);
        var block = new Arena(observed.BlockFloats);
        ref float parameters = ref instance.ParameterArena.Origin;
        instance.Code.PrepareObservation(ref parameters, ref prepared.Origin);
        var activations = new Activations();
        foreach (LayerDescription layer in network.Layers)
        {
            activations._names.Add(layer.Name);
            activations._values.Add(layer.Name, new float[checked(rows * LogicalShape.SizeOf(layer.OutputShape))]);
        }

        for (int first = 0; first < rows; first += network.BlockSamples)
        {
            int count = Math.Min(network.BlockSamples, rows - first);
            Read(network, observed, features.Slice(first * network.InputSize, count * network.InputSize), block, count);
            instance.Code.Observe(ref parameters, ref prepared.Origin, ref block.Origin, (nuint)count);
            for (int layer = 0; layer < network.Layers.Count; layer++)
            {
                LayerDescription description = network.Layers[layer];
                int size = LogicalShape.SizeOf(description.OutputShape);
                Copy(observed.Layers[layer], description.OutputShape[^1], block.Span, activations[description.Name].AsSpan(first * size, count * size), size);
            }
        }

        return activations;
    }

    private static void Read(NetworkDescription network, ObservedDescription observed, ReadOnlySpan<float> rows, Arena block, int count)
    {
        for (int input = 0; input < network.Inputs.Count; input++)
        {
            InputDescription description = network.Inputs[input];
            ObservedPlace place = observed.Inputs[input];
            for (int sample = 0; sample < count; sample++)
            {
                rows.Slice((sample * network.InputSize) + description.RowOffset, description.Size)
                    .CopyTo(block.Span[(place.Offset + (sample * place.SampleStride))..]);
            }
        }
    }

    private static void Copy(ObservedPlace place, int columns, ReadOnlySpan<float> block, Span<float> rows, int size)
    {
        for (int row = 0, sample = 0; row < rows.Length; row += size, sample++)
        {
            int from = place.Offset + (sample * place.SampleStride);
            for (int to = 0; to < size; to += columns, from += place.Stride)
            {
                block.Slice(from, columns).CopyTo(rows[(row + to)..]);
            }
        }
    }
}
