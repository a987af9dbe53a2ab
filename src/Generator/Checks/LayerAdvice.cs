using System.Globalization;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Checks;

/// <summary>Warnings about networks that compile but rarely say what was meant.</summary>
internal sealed class LayerAdvice
{
    private const string ActivationArgument = "activation";

    private readonly ShapedNetwork _network;
    private readonly Dictionary<string, ShapedLayer> _layers;
    private readonly ILookup<string, ShapedLayer> _readers;
    private readonly HashSet<string> _outputs;

    private LayerAdvice(ShapedNetwork network)
    {
        _network = network;
        _layers = network.Layers.ToDictionary(static layer => layer.Layer.Name, StringComparer.Ordinal);
        _readers = network.Layers
            .SelectMany(static layer => layer.Node.Inputs.Distinct().Select(input => (input, layer)))
            .ToLookup(static pair => pair.input, static pair => pair.layer, StringComparer.Ordinal);
        _outputs = new HashSet<string>(network.Model.Outputs.Select(static output => output.Layer), StringComparer.Ordinal);
    }

    public static IEnumerable<Problem> Of(ShapedNetwork network)
    {
        var advice = new LayerAdvice(network);
        return network.Layers.Where(static layer => layer.Layer.Activation != Activation.Linear).SelectMany(advice.Of);
    }

    private IEnumerable<Problem> Of(ShapedLayer layer)
    {
        Activation activation = layer.Layer.Activation;
        Place place = Place.Layer(layer.Layer.Position, ActivationArgument);
        ShapedLayer? before = Before(layer);
        bool isOutput = IsOutput(layer);
        if (layer.Layer.IsActivation && before is not null && before.Layer.Activation != Activation.Linear)
        {
            yield return Problem.At(
                place,
                DiagnosticDescriptors.ActivationAfterActivation,
                layer.Layer.Name,
                activation.ToString(),
                before.Layer.Name,
                before.Layer.Activation.ToString());
        }

        if (activation == Activation.Softmax && !isOutput)
        {
            yield return Problem.At(place, DiagnosticDescriptors.SoftmaxBeforeLastLayer, layer.Layer.Name, After(layer).Layer.Name);
        }

        if (activation == Activation.Softmax && layer.Output.Last == 1)
        {
            yield return Problem.At(place, DiagnosticDescriptors.SoftmaxOverOneValue, layer.Layer.Name, layer.Output.ToString());
        }

        // Whoever has arranged the positions of the output on the way wants a softmax at each of them.
        if (activation == Activation.Softmax && isOutput && layer.Output.Rows > 1 && layer.Output.Last > 1
            && !_network.Layers.Any(static other => other.Layer.ChangesPositions))
        {
            yield return Problem.At(place, DiagnosticDescriptors.SoftmaxAtSeveralPositions, layer.Layer.Name, layer.Output.ToString()) with
            {
                Mends = DensesOf(layer),
            };
        }

        if (activation == Activation.Sigmoid && isOutput && layer.Output.Size > 1)
        {
            string outputs = layer.Output.Size.ToString(CultureInfo.InvariantCulture);
            yield return Problem.At(place, DiagnosticDescriptors.WideSigmoidHead, layer.Layer.Name, outputs);
        }
    }

    /// <summary>Where a Flatten would make one of several positions: the Dense layers that lead to a layer, itself among them, from the first on.</summary>
    private EquatableArray<Place> DensesOf(ShapedLayer last)
    {
        var leading = new HashSet<string>(StringComparer.Ordinal) { last.Layer.Name };
        var places = new List<Place>();
        foreach (ShapedLayer layer in _network.Layers.Reverse().Where(layer => leading.Contains(layer.Layer.Name)))
        {
            leading.UnionWith(layer.Node.Inputs);
            if (layer.Layer is DenseLayer && layer.Output.Rows > 1)
            {
                places.Insert(0, Place.Layer(layer.Layer.Position));
            }
        }

        return places.ToEquatableArray();
    }

    // A reshape only renames positions, so the layers on its two sides are neighbours.
    private ShapedLayer? Before(ShapedLayer layer)
    {
        ShapedLayer? before = layer;
        do
        {
            before = before.Node.Inputs.Count == 1 && _layers.TryGetValue(before.Node.Inputs[0], out ShapedLayer? next) ? next : null;
        }
        while (before is { Layer.IsReshape: true });
        return before;
    }

    /// <summary>Whether its value is an output of the network, reshaped or not; further layers may read it all the same.</summary>
    private bool IsOutput(ShapedLayer layer) => _outputs.Contains(layer.Layer.Name)
        || _readers[layer.Layer.Name].Any(reader => reader.Layer.IsReshape && IsOutput(reader));

    /// <summary>The first to read a value that is no output: all values lead to one.</summary>
    private ShapedLayer After(ShapedLayer layer)
    {
        ShapedLayer after = layer;
        do
        {
            after = _readers[after.Layer.Name].First();
        }
        while (after.Layer.IsReshape);
        return after;
    }
}
