using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Shapes;

/// <summary>The values of a network along a stream: which of them have its steps, and at which steps they are there anew.</summary>
internal sealed class StreamedValues
{
    private readonly Dictionary<string, StreamedValue> _values = new(StringComparer.Ordinal);

    private readonly int _steps;

    /// <param name="inputs">What comes step by step: of sequences a step each, and what has one axis as a whole.</param>
    public StreamedValues(EquatableArray<NetworkInput> inputs)
    {
        foreach (NetworkInput input in inputs)
        {
            _values.Add(input.Name, new StreamedValue(Arrival.EachStep, IsSequence(input), ChangesWithEach: false, Depth: 0));
            _steps = IsSequence(input) ? input.Shape[0] : _steps;
        }
    }

    /// <summary>All values of a network that streams.</summary>
    public static StreamedValues Of(ShapedNetwork network)
    {
        var values = new StreamedValues(network.Model.Inputs);
        foreach (ShapedLayer layer in network.Layers)
        {
            values.Add(layer);
        }

        return values;
    }

    /// <summary>Whether an input has steps and features.</summary>
    public static bool IsSequence(NetworkInput input) => input.Shape.Count == 2;

    public StreamedValue this[string value] => _values[value];

    /// <summary>What a layer reads.</summary>
    public IEnumerable<StreamedValue> ReadBy(LayerNode node) => node.Inputs.Select(input => _values[input]);

    /// <summary>Whether a layer reads steps of the stream, not what is left when all have been seen.</summary>
    public bool ReadsSteps(LayerNode node) => ReadBy(node).Any(static value => value.HasSteps);

    /// <summary>The shape of a value at one step.</summary>
    /// <param name="value">Its name.</param>
    /// <param name="shape">Its shape, of all steps where it has some.</param>
    public Shape AtOneStep(string value, Shape shape) => _values[value].HasSteps ? shape.With(0, 1) : shape;

    /// <summary>Adds the value of a layer behind those it reads.</summary>
    public void Add(ShapedLayer layer)
    {
        bool readsSteps = ReadsSteps(layer.Node);
        bool hasSteps = readsSteps ? layer.Layer.GivesSteps : RepeatsAtEachStep(layer);
        Arrival arrival = _values[layer.Node.Inputs[0]].Arrival;

        // What a block that is applied to each step makes of one of them is still of that step.
        bool isOfAll = readsSteps && !hasSteps && layer.Steps.Count == 0;
        _values.Add(layer.Layer.Name, new StreamedValue(
            readsSteps ? arrival.Then(layer.Layer.Arrival) : arrival,
            hasSteps,
            isOfAll || ReadBy(layer.Node).Any(static value => value.ChangesWithEach),
            layer.Steps.Count));
    }

    // What is the same at all steps, given to each of them.
    private bool RepeatsAtEachStep(ShapedLayer layer) =>
        layer.Layer.RepeatsInput && layer.Output[0] == _steps && layer.Steps.Count == 0 && ReadBy(layer.Node).All(static value => !value.ChangesWithEach);
}

/// <summary>A value along a stream.</summary>
/// <param name="Arrival">At which steps it is there anew.</param>
/// <param name="HasSteps">Whether its first axis is the steps of the stream.</param>
/// <param name="ChangesWithEach">Whether it depends on all steps, so that with each that comes what it was before, at earlier steps too, is something else.</param>
/// <param name="Depth">In how many blocks that are applied to each step it is.</param>
internal sealed record StreamedValue(Arrival Arrival, bool HasSteps, bool ChangesWithEach, int Depth);
