using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>A network whose every layer has the shapes it maps between. There is at least one layer.</summary>
internal sealed record ShapedNetwork(NetworkModel Model, EquatableArray<ShapedLayer> Layers)
{
    public IEnumerable<Shape> Inputs => Model.Inputs.Select(static input => new Shape(input.Shape));

    public IEnumerable<Shape> Outputs => Model.Outputs.Select(output => Layers.First(layer => layer.Layer.Name == output.Layer).Output);
}

/// <summary>One layer and the shapes it maps between.</summary>
internal sealed record ShapedLayer(LayerNode Node, EquatableArray<Shape> Inputs, Shape Output)
{
    public Layer Layer => Node.Layer;

    /// <summary>The sizes of the sequences to whose steps it is applied, the outermost first.</summary>
    public EquatableArray<int> Steps { get; init; }

    /// <summary>Its output at all steps.</summary>
    public Shape Value => WithSteps(Output);

    /// <summary>How often it is applied to a sample.</summary>
    public int PerSample => Steps.Aggregate(1, static (product, steps) => checked(product * steps));

    /// <summary>A value of a step as that of all steps.</summary>
    public Shape WithSteps(Shape shape) => Steps.Count == 0 ? shape : new Shape(Steps.Concat(shape.Sizes).ToEquatableArray());

    /// <summary>Whether its parameters are its own, not those of a layer above.</summary>
    public bool OwnsParameters => Node.Owner == Layer.Name;
}
