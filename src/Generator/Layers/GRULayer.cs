using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;

namespace Unroll.Generator.Layers;

/// <summary>
/// z, r = g(xₜ·W + hₜ₋₁·U + b); hₜ = z·hₜ₋₁ + (1 − z)·h̃ with h̃ = a(xₜ·W + b₀ + r·(hₜ₋₁·U + b₁)), or, where the reset comes before the product,
/// a(xₜ·W + b + (r·hₜ₋₁)·U). Gates in the order z, r, h̃.
/// </summary>
internal sealed record GRULayer(
    int Position, string Name, RecurrentArguments Arguments, ActivationFunction Gate, bool ResetAfter) : RecurrentLayer(Position, Name, Arguments)
{
    public static readonly LayerKind Description = new("GRU", "gru", static arguments => new GRULayer(
        arguments.Position,
        arguments.Name,
        RecurrentArguments.Read(arguments),
        RecurrentArguments.ReadActivation(arguments, "RecurrentActivation", Model.Activation.Sigmoid),
        arguments.Bool("ResetAfter", fallback: true)))
    { ListArgument = RecurrentArguments.InitialState };

    private const int Candidate = 2;

    protected override int Gates => 3;

    protected override int Biases => ResetAfter ? 2 : 1;

    protected override int WriteCell(RecurrentCell cell)
    {
        int h = cell.State("State", 0);
        Func<LaneWriter, int, int> inputs = cell.Inputs(ResetAfter ? cell.Bias(0) : cell.Bias());
        Func<LaneWriter, int, int> states = ResetAfter ? cell.States(h, cell.Bias(1)) : cell.States(h, null, "States", 0, Candidate);

        var lanes = new LaneWriter();
        int Gated(LaneWriter writer, int gate) => writer.Activate(Gate, writer.Sum(inputs(writer, gate), states(writer, gate)));
        int product;
        if (ResetAfter)
        {
            product = lanes.Product(Gated(lanes, 1), states(lanes, Candidate));
        }
        else
        {
            var reset = new LaneWriter();
            int kept = cell.Loop.Local("Reset", cell.Units);
            reset.Write(kept, 0, reset.Product(Gated(reset, 1), reset.Read(h)));
            cell.Loop.DifferentiableLanes("Reset", reset, cell.Width);
            product = cell.States(kept, null, "ResetStates", Candidate, 1)(lanes, Candidate);
        }

        int update = Gated(lanes, 0);
        int candidate = lanes.Activate(Arguments.Activation, lanes.Sum(inputs(lanes, Candidate), product));
        int before = lanes.Read(h);
        int after = lanes.Sum(
            lanes.Product(update, before), lanes.Product(lanes.Difference(lanes.Constant(1f), update), candidate));
        int output = cell.WriteOutput(lanes, h, after);
        cell.Loop.DifferentiableLanes("Cell", lanes, cell.Width);
        return output;
    }
}
