using System.Globalization;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>Gives every layer its input and output shapes, or says why it has none.</summary>
internal sealed class ShapeInference
{
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EquatableArray<int>> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shape> _parameterShapes = new(StringComparer.Ordinal);
    private long _sampleValues;
    private long _parameters;
    private Problem? _error;

    private ShapeInference()
    {
    }

    public static ShapeResult Run(NetworkModel model)
    {
        var inference = new ShapeInference();
        foreach (NetworkInput input in model.Inputs)
        {
            var shape = new Shape(input.Shape);
            Place place = input.Position is int position ? Place.Layer(position) : Place.Network;
            inference.ChargeValues(place, $"Network {model.Header.DisplayName}", shape);
            inference._shapes[input.Name] = shape;
            inference._steps[input.Name] = default;
        }

        var layers = new List<ShapedLayer>();
        foreach (LayerNode node in model.Nodes)
        {
            // Stops at the first error: what follows a layer without a shape has none either.
            if (inference._error is not null || inference.Infer(node) is not { } layer)
            {
                break;
            }

            layers.Add(layer);
        }

        return inference._error is { } error
            ? new ShapeResult(Network: null, error)
            : new ShapeResult(new ShapedNetwork(model, layers.ToEquatableArray()), Error: null);
    }

    private ShapedLayer? Infer(LayerNode node)
    {
        EquatableArray<Shape> inputs = node.Inputs.Select(name => _shapes[name]).ToEquatableArray();
        (Shape? output, Problem? problem) = node.Layer.Infer(inputs);
        if (problem is not null || output is null)
        {
            _error = problem is null ? null : MergeLayer.WithInputs(problem, node.Inputs, inputs);
            return null;
        }

        EquatableArray<int> around = _steps[node.Inputs[0]];
        EquatableArray<int> steps = node.Layer.PartsSteps ? around.Append(inputs[0][0]).ToEquatableArray() : around;
        var layer = new ShapedLayer(node, inputs, output) { Steps = steps };
        ChargeParameters(layer);
        foreach (Shape value in node.Layer.Hidden(inputs).Append(output))
        {
            ChargeValues(Place.Layer(node.Layer.Position), $"Layer {node.Layer.Name}", layer.WithSteps(value));
        }

        _shapes[node.Layer.Name] = output;
        _steps[node.Layer.Name] = steps;
        return layer;
    }

    private void ChargeValues(Place place, string owner, Shape shape)
    {
        _sampleValues = Sum(_sampleValues, shape.PaddedSize);
        if (_sampleValues > MemoryLimits.SampleValues)
        {
            _error ??= Problem.At(
                place,
                DiagnosticDescriptors.ShapeTooLarge,
                owner,
                shape.ToString(),
                Number(MemoryLimits.SampleValues),
                Number(_sampleValues));
        }
    }

    private void ChargeParameters(ShapedLayer layer)
    {
        foreach (Weight weight in layer.Layer.Weights(layer.Inputs))
        {
            string name = $"{layer.Node.Owner}/{weight.Part}";
            if (!_parameterShapes.TryGetValue(name, out Shape? shared))
            {
                _parameterShapes.Add(name, weight.Shape);
                _parameters = Sum(_parameters, weight.Stored.PaddedSize);
            }
            else if (shared != weight.Shape)
            {
                _error ??= Problem.At(
                    layer.Node.SharedAt is int use ? Place.Layer(use, "Shared") : Place.Layer(layer.Layer.Position),
                    DiagnosticDescriptors.SharedShapes,
                    name,
                    shared.ToString(),
                    layer.Layer.Name,
                    weight.Shape.ToString());
            }
        }

        if (_parameters > MemoryLimits.Parameters)
        {
            _error ??= Problem.At(
                Place.Layer(layer.Layer.Position),
                DiagnosticDescriptors.TooManyParameters,
                layer.Layer.Name,
                layer.Output.ToString(),
                Number(MemoryLimits.Parameters),
                Number(_parameters));
        }
    }

    private static long Sum(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    private static string Number(long value) =>
        value == long.MaxValue ? "more than " + Number(value - 1) : value.ToString(CultureInfo.InvariantCulture);
}
