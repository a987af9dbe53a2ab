using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>What a layer appends its operations with: the graph being written, and the layer's parameters by name.</summary>
internal sealed class LayerBuilder
{
    private readonly Dictionary<string, Op> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Op> _masks = new(StringComparer.Ordinal);
    private readonly Dictionary<Arrival, Op> _clocks = [];
    private LayerNode? _node;
    private Shape? _output;
    private int _perSample = 1;
    private Arrival? _arrival;

    public GraphWriter Writer { get; } = new();

    /// <summary>Whether the current layer is given one step of a stream, whose past is in memory that lasts.</summary>
    public bool IsStream => _arrival is not null;

    /// <summary>Operations that run for what they do, not for a value somebody reads.</summary>
    public List<int> Effects { get; } = [];

    /// <summary>Whether training may change the current layer's parameters.</summary>
    public bool IsTrained => _node!.IsTrained;

    /// <summary>The shape of the current layer's output.</summary>
    public Shape Output => _output!;

    /// <summary>Adds the parameters of a layer, before any layer is lowered: they are the same operations however the network is lowered.</summary>
    public void Declare(LayerNode node, IReadOnlyList<Shape> inputs)
    {
        _node = node;
        foreach (Weight weight in node.Layer.Weights(inputs))
        {
            AddParameter(weight);
        }
    }

    /// <summary>Lowers one layer; the parameters it shares with an earlier one are that one's.</summary>
    /// <param name="arrival">Where it is given one step of a stream: at which steps its output is there anew.</param>
    public Op Lower(LayerNode node, Shape output, IReadOnlyList<Op> inputs, Arrival? arrival)
    {
        _node = node;
        _output = output;
        _perSample = inputs[0].PerSample;
        _arrival = arrival;
        Op value = node.Layer.Lower(this, inputs);
        if (node.Layer.KeepsMask && !_masks.ContainsKey(node.Layer.Name) && MaskOf(0) is Op mask)
        {
            SetMask(mask);
        }

        return value;
    }

    /// <summary>The mask of one value that the current layer reads, for each step 1, or 0 where it is masked; null where it has none.</summary>
    public Op? MaskOf(int input) => _masks.TryGetValue(_node!.Inputs[input], out Op? mask) ? mask : null;

    /// <summary>The mask of a layer's value; null where it has none.</summary>
    public Op? MaskOf(string layer) => _masks.TryGetValue(layer, out Op? mask) ? mask : null;

    /// <summary>The steps of the current layer's output that count.</summary>
    public void SetMask(Op mask) => _masks[_node!.Layer.Name] = mask;

    /// <summary>The current layer's parameter of this name.</summary>
    public Op Weight(string part) => _parameters[ParameterName(part)];

    /// <summary>An operation whose value has one part a sample.</summary>
    public Op Add(OpKind kind, Shape shape, string role, params Op[] inputs) =>
        Writer.Add(_perSample, kind, shape, OpScope.Sample, Label(role), inputs);

    /// <summary>The third value of a contraction, from the other two.</summary>
    public Op Contract(Contraction contraction, string role, Op a, Op b) =>
        Add(new ContractOp(contraction), contraction.ShapeOf(2), role, a, b);

    /// <summary>The same values in another shape, so many a sample.</summary>
    public Op Reshape(Op x, Shape shape, int perSample, string role)
    {
        _perSample = perSample;
        return Add(new ReshapeOp(), shape, role, x);
    }

    /// <summary>
    /// A window and what it moves over: along a stream it has one position, over the steps that it reaches back to, at the steps at which the
    /// layer has an output.
    /// </summary>
    public (WindowSpec Window, Op X) Under(WindowSpec window, Op x)
    {
        if (_arrival is null)
        {
            return (window, x);
        }

        Op past = Add(new HistoryOp(), Shape.Of((int)window.Extent(0), x.Shape.Last), "History", x);
        return (window.AtOnePosition(), _node!.Layer.Arrival == Arrival.EachStep ? past : Add(new WhenOp(), past.Shape, "When", past, ClockOf(_arrival)));
    }

    /// <summary>The first operand of an operation.</summary>
    public Op OperandOf(Op op) => Writer.Ops.First(other => other.Id == op.Inputs[0]);

    /// <summary>An operation without batch axis, computed from parameters alone.</summary>
    public Op AddShared(OpKind kind, Shape shape, string role, params Op[] inputs) => Writer.Add(kind, shape, OpScope.Step, Label(role), inputs);

    /// <summary>An elementwise operation of one step.</summary>
    public Op Step(ElementwiseStep step, string role, Op x, params Op[] operands) => Writer.AddStep(step, Label(role), x, operands);

    /// <summary>An activation; the operand itself where it is linear.</summary>
    public Op Activate(ActivationFunction function, string role, Op x) => function.Kind switch
    {
        Activation.Linear => x,
        Activation.Softmax => Add(new SoftmaxOp(), x.Shape, role, x),
        Activation.LogSoftmax => Add(new LogSoftmaxOp(), x.Shape, role, x),
        _ => Step(new Activate(function), role, x),
    };

    private Op ClockOf(Arrival arrival)
    {
        if (!_clocks.TryGetValue(arrival, out Op? clock))
        {
            clock = Add(new ClockOp(checked((int)arrival.Period), checked((int)arrival.First)), ClockOp.State, "Clock");
            _clocks.Add(arrival, clock);
        }

        return clock;
    }

    private string ParameterName(string part) => $"{_node!.Owner}/{part}";

    private void AddParameter(Weight weight)
    {
        string name = ParameterName(weight.Part);
        if (!_parameters.ContainsKey(name))
        {
            WeightSpec spec = IsTrained ? weight.Spec : weight.Spec with { Penalty = Penalty.None, Constraint = ConstraintSpec.None };
            var parameter = new ParameterSpec(
                name, weight.Shape, spec.Initializer, spec.Penalty, spec.Constraint, weight.Arrangement, weight.IsTrained && IsTrained)
            {
                Stored = weight.Stored,
                Parts = weight.Parts,
            };
            Op stored = AddShared(new ParameterOp(parameter), weight.Stored, weight.Part);
            _parameters.Add(name, weight.Arrangement == ParameterArrangement.TransposedPanels ? AddShared(new TransposeOp(), weight.Shape, "Transpose", stored) : stored);
        }
    }

    private OpLabel Label(string role) => new(_node!.Layer.Name, role);
}
