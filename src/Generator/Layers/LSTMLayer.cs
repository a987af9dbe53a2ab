using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>
/// i, f, o = g(xₜ·W + hₜ₋₁·U + b) and c̃ = a(the same), each with its own columns; cₜ = f·cₜ₋₁ + i·c̃, hₜ = o·a(cₜ). Gates in the order i, f, c̃, o.
/// </summary>
internal sealed record LSTMLayer(
    int Position, string Name, RecurrentArguments Arguments, ActivationFunction Gate, bool UnitForgetBias) : RecurrentLayer(Position, Name, Arguments)
{
    public static readonly LayerKind Description = new("LSTM", "lstm", Read)
    { ListArgument = RecurrentArguments.InitialState };

    private const int ForgetGate = 1;

    protected override int Gates => 4;

    protected override int States => 2;

    protected override WeightSpec BiasSpec => UnitForgetBias
        ? Arguments.Bias with { Initializer = Arguments.Bias.Initializer with { PartOfOnes = ForgetGate } }
        : Arguments.Bias;

    protected override int WriteCell(RecurrentCell cell)
    {
        int h = cell.State("State", 0);
        int c = cell.State("Memory", 1);
        Func<LaneWriter, int, int> inputs = cell.Inputs(cell.Bias());
        Func<LaneWriter, int, int> states = cell.States(h, null);

        var lanes = new LaneWriter();
        int Sum(int gate) => lanes.Sum(inputs(lanes, gate), states(lanes, gate));
        int input = lanes.Activate(Gate, Sum(0));
        int forget = lanes.Activate(Gate, Sum(ForgetGate));
        int candidate = lanes.Activate(Arguments.Activation, Sum(2));
        int output = lanes.Activate(Gate, Sum(3));
        int memory = lanes.Sum(lanes.Product(forget, lanes.Read(c)), lanes.Product(input, candidate));
        int state = lanes.Product(output, lanes.Activate(Arguments.Activation, memory));
        cell.Write(lanes, c, memory);
        int result = cell.WriteOutput(lanes, h, state);
        cell.Loop.DifferentiableLanes("Cell", lanes, cell.Width);
        return result;
    }

    private static LSTMLayer Read(LayerArguments arguments)
    {
        var common = RecurrentArguments.Read(arguments);
        if (!common.UseBias)
        {
            arguments.RefuseUnread("UnitForgetBias", "UseBias", "true", "false");
        }

        return new LSTMLayer(
            arguments.Position,
            arguments.Name,
            common,
            RecurrentArguments.ReadActivation(arguments, "RecurrentActivation", Model.Activation.Sigmoid),
            arguments.Bool("UnitForgetBias", fallback: true));
    }
}
