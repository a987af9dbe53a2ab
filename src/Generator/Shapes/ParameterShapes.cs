using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>The parameters of each kind of layer, those included that are measured rather than trained.</summary>
internal static class ParameterShapes
{
    public static IEnumerable<Shape> Of(LayerSpec spec, Shape input) => spec switch
    {
        DenseSpec dense => [Shape.Of(input.Last, dense.Units), .. Vectors(dense.Units, dense.UseBias ? 1 : 0)],
        BatchNormalizationSpec norm => Vectors(input.Last, 2 + Trained(norm.Center, norm.Scale)),
        LayerNormalizationSpec norm => Vectors(input.Last, Trained(norm.Center, norm.Scale)),
        NormalizationSpec => Vectors(input.Last, 2),
        PReluSpec => [input],
        _ => [],
    };

    private static int Trained(bool center, bool scale) => (center ? 1 : 0) + (scale ? 1 : 0);

    private static IEnumerable<Shape> Vectors(int units, int count) => Enumerable.Repeat(Shape.Of(units), count);
}
