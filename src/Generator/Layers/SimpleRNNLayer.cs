using Unroll.Generator.Graph.Loops;

namespace Unroll.Generator.Layers;

/// <summary>hₜ = f(xₜ·W + hₜ₋₁·U + b).</summary>
internal sealed record SimpleRNNLayer(int Position, string Name, RecurrentArguments Arguments) : RecurrentLayer(Position, Name, Arguments)
{
    public static readonly LayerKind Description = new("SimpleRNN", "simple_rnn", static arguments =>
        new SimpleRNNLayer(arguments.Position, arguments.Name, RecurrentArguments.Read(arguments)))
    { ListArgument = RecurrentArguments.InitialState };

    protected override int Gates => 1;

    protected override int WriteCell(RecurrentCell cell)
    {
        int h = cell.State("State", 0);
        Func<LaneWriter, int, int> inputs = cell.Inputs(cell.Bias());
        Func<LaneWriter, int, int> states = cell.States(h, null);

        var lanes = new LaneWriter();
        int after = lanes.Activate(Arguments.Activation, lanes.Sum(inputs(lanes, 0), states(lanes, 0)));
        int output = cell.WriteOutput(lanes, h, after);
        cell.Loop.DifferentiableLanes("Cell", lanes, cell.Width);
        return output;
    }
}
