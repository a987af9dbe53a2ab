using System.Globalization;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>Gives every layer its input and output shape, or says why it has none. The last stage that meets user errors.</summary>
internal sealed class ShapeInference
{
    private long _sampleValues;
    private long _parameters;
    private Problem? _error;

    private ShapeInference()
    {
    }

    public static ShapeResult Run(NetworkModel model)
    {
        var inference = new ShapeInference();
        var input = new Shape(model.InputShape);
        inference.ChargeValues(Place.Network, $"Network {model.Header.DisplayName}", input);
        EquatableArray<ShapedLayer> layers = inference.Infer(model.Layers, input);
        if (inference._error is { } error)
        {
            return new ShapeResult(Network: null, LayerInputs.AddTo(EquatableArray.Of(error), model));
        }

        var network = new ShapedNetwork(model, layers);
        EquatableArray<Problem> excesses = BudgetCheck.Of(network).ToEquatableArray();
        return new ShapeResult(
            excesses.Count == 0 ? network : null,
            LayerInputs.AddTo(excesses.Concat(LayerAdvice.Of(network)).ToEquatableArray(), model));
    }

    // Stops at the first error: what follows a layer without a shape has none either.
    private EquatableArray<ShapedLayer> Infer(EquatableArray<LayerSpec> specs, Shape input)
    {
        var layers = new List<ShapedLayer>();
        foreach (LayerSpec spec in specs)
        {
            if (_error is not null || Infer(spec, input) is not { } layer)
            {
                break;
            }

            layers.Add(layer);
            input = layer.Output;
        }

        return layers.ToEquatableArray();
    }

    private ShapedLayer? Infer(LayerSpec spec, Shape input)
    {
        EquatableArray<ShapedLayer> body = default;
        Shape? output;
        if (spec is ResidualSpec residual)
        {
            body = Infer(residual.Body, input);
            output = CheckResidual(residual, body, input);
        }
        else
        {
            output = LayerShapes.OutputOf(spec, input, out Problem? problem);
            _error ??= problem;
        }

        if (_error is not null || output is null)
        {
            return null;
        }

        ChargeParameters(spec, input, output);
        ChargeValues(Place.Layer(spec.Position), $"Layer {spec.Name}", output);
        return new ShapedLayer(spec, input, output, body);
    }

    private Shape CheckResidual(ResidualSpec residual, EquatableArray<ShapedLayer> body, Shape input)
    {
        Shape output = body.Count == 0 ? input : body[body.Count - 1].Output;
        if (output != input)
        {
            _error ??= Problem.At(
                Place.Layer(residual.Position), DiagnosticDescriptors.ResidualShapes, residual.Name, output.ToString());
        }

        return input;
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

    private void ChargeParameters(LayerSpec spec, Shape input, Shape output)
    {
        _parameters = ParameterShapes.Of(spec, input).Aggregate(_parameters, static (sum, parameter) => Sum(sum, parameter.PaddedSize));
        if (_parameters > MemoryLimits.Parameters)
        {
            _error ??= Problem.At(
                Place.Layer(spec.Position),
                DiagnosticDescriptors.TooManyParameters,
                spec.Name,
                output.ToString(),
                Number(MemoryLimits.Parameters),
                Number(_parameters));
        }
    }

    private static long Sum(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    private static string Number(long value) =>
        value == long.MaxValue ? "more than " + Number(value - 1) : value.ToString(CultureInfo.InvariantCulture);
}
