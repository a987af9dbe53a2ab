using System.Globalization;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>Gives every layer its input and output shape, or says why it has none. The last stage that meets user errors.</summary>
internal static class ShapeInference
{
    /// <summary>What one arena or one shape may hold: byte offsets into it stay within int.</summary>
    public const int MaxValues = int.MaxValue / sizeof(float);

    public static ShapeResult Run(NetworkModel model)
    {
        var input = new Shape(model.InputShape);
        if (input.Size > MaxValues)
        {
            return Rejected(TooLarge(Place.Network, $"Network {model.Header.DisplayName}", input));
        }

        var layers = new List<ShapedLayer>();
        long parameters = 0;
        foreach (LayerSpec spec in model.Layers)
        {
            Shape output = OutputOf(spec, input);
            parameters += ParameterCount(spec, input);
            if (output.Size > MaxValues)
            {
                return Rejected(TooLarge(Place.Layer(spec.Position), $"Layer {spec.Name}", output));
            }

            if (parameters > MaxValues)
            {
                return Rejected(Problem.At(
                    Place.Layer(spec.Position),
                    DiagnosticDescriptors.TooManyParameters,
                    spec.Name,
                    input.ToString(),
                    output.ToString(),
                    Number(MaxValues),
                    Number(parameters)));
            }

            layers.Add(new ShapedLayer(spec, input, output));
            input = output;
        }

        var network = new ShapedNetwork(model, layers.ToEquatableArray());
        return new ShapeResult(network, LayerAdvice.Of(network).ToEquatableArray());
    }

    private static Shape OutputOf(LayerSpec spec, Shape input) => spec switch
    {
        DenseSpec dense => input.WithLast(dense.Units),
        FlattenSpec => Shape.Of((int)input.Size),
        ActivateSpec or DropoutSpec => input,
        _ => throw new InvalidOperationException($"No shape rule for {spec.GetType().Name}."),
    };

    private static long ParameterCount(LayerSpec spec, Shape input) => spec switch
    {
        DenseSpec dense => ((long)input.Last * dense.Units) + (dense.UseBias ? dense.Units : 0),
        _ => 0,
    };

    private static ShapeResult Rejected(Problem problem) => new(Network: null, EquatableArray.Of(problem));

    private static Problem TooLarge(Place place, string owner, Shape shape) => Problem.At(
        place,
        DiagnosticDescriptors.ShapeTooLarge,
        owner,
        Number(MaxValues),
        shape.ToString(),
        shape.Size == long.MaxValue ? "more than " + Number(long.MaxValue) : Number(shape.Size));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
