using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Contractions;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>What a recurrent layer writes its cell with.</summary>
/// <param name="builder">Receives what is computed for all steps at once.</param>
/// <param name="arguments">The layer's.</param>
/// <param name="x">The sequence.</param>
/// <param name="loop">Receives the cell.</param>
/// <param name="direction">What the names of the parameters begin with.</param>
/// <param name="role">The same for operations.</param>
internal sealed class RecurrentCell(LayerBuilder builder, RecurrentArguments arguments, Op x, LoopBuilder loop, string direction, string role)
{
    public LoopBuilder Loop => loop;

    public int Units => arguments.Units;

    public int Gates { get; init; }

    /// <summary>Floats of a gate.</summary>
    public int Width { get; init; }

    /// <summary>The key of what drops out of the inputs.</summary>
    public int InputSalt { get; init; }

    /// <summary>The key of what drops out of the state.</summary>
    public int StateSalt { get; init; }

    /// <summary>What the states are before the first step; 0 where there is nothing.</summary>
    public IReadOnlyList<Op> Initial { get; init; } = [];

    public Op RecurrentKernel => builder.Weight(direction + "recurrent_kernel");

    /// <summary>What one step leaves to the next.</summary>
    /// <param name="name">What it holds.</param>
    /// <param name="index">Its number among the cell's states.</param>
    public int State(string name, int index) => loop.Carried(name, Units, Initial.Count == 0 ? null : Initial[index]);

    /// <summary>The bias, or a row of it; null where there is none.</summary>
    public Op? Bias(int? row = null)
    {
        if (!arguments.UseBias)
        {
            return null;
        }

        Op bias = builder.Weight(direction + "bias");
        int columns = Gates * Width;
        return row is int of ? builder.AddShared(new SharedPartOp(of * columns), Shape.Of(columns), $"{role}Bias{of}", bias) : bias;
    }

    /// <summary>The products of the inputs with the kernel, for all steps at once; in training with what drops out of the inputs.</summary>
    /// <returns>From a gate to the lanes of its sum.</returns>
    public Func<LaneWriter, int, int> Inputs(Op? bias)
    {
        Op kernel = builder.Weight(direction + "kernel");
        if (arguments.Dropout > 0f && arguments.RecurrentDropout > 0f)
        {
            int[] gates =
            [
                .. Enumerable.Range(0, Gates).Select(gate =>
                {
                    Op dropped = builder.Step(new DropoutStep(arguments.Dropout, InputSalt + (gate << 27)) { OfChannels = true }, $"{role}Dropout{gate}", x);
                    return loop.Step($"Input{gate}", Project(dropped, PartOf(kernel, gate), bias is null ? null : PartOf(bias, gate), $"{role}Input{gate}"));
                }),
            ];
            return (lanes, gate) => lanes.Read(gates[gate]);
        }

        Op input = arguments.Dropout > 0f
            ? builder.Step(new DropoutStep(arguments.Dropout, InputSalt) { OfChannels = true }, role + "Dropout", x)
            : x;
        int all = loop.Step("Inputs", Project(input, kernel, bias, role + "Inputs"));
        return (lanes, gate) => lanes.Read(all, gate);
    }

    /// <summary>The products of a state with the recurrent kernel's columns of all gates.</summary>
    public Func<LaneWriter, int, int> States(int state, Op? bias) => States(state, bias, "States", 0, Gates);

    /// <summary>
    /// The products of a state with the recurrent kernel's columns of some gates; in training with what drops out of the state, for each gate another.
    /// </summary>
    /// <returns>From a gate to the lanes of its sum.</returns>
    public Func<LaneWriter, int, int> States(int state, Op? bias, string name, int first, int count)
    {
        if (arguments.RecurrentDropout == 0f)
        {
            Op kernel = count == Gates ? RecurrentKernel : PartOf(RecurrentKernel, first, count);
            int all = loop.Product(name, state, kernel, bias);
            return (lanes, gate) => lanes.Read(all, gate - first);
        }

        int[] gates = [.. Enumerable.Range(first, count).Select(gate => loop.Product(
            $"{name}{gate}", Dropped(state, name, gate), PartOf(RecurrentKernel, gate), bias is null ? null : PartOf(bias, gate)))];
        return (lanes, gate) => lanes.Read(gates[gate - first]);
    }

    /// <summary>Writes a state after the step: where the step is masked, the one before stays.</summary>
    public void Write(LaneWriter lanes, int state, int after) => lanes.Write(
        state, 0, builder.MaskOf(0) is Op mask ? lanes.Select(lanes.Scalar(loop.Mask("Mask", mask)), after, lanes.Read(state)) : after);

    /// <summary>Writes the state that is the output too.</summary>
    /// <returns>
    /// The slot of the output. Before the first step that counts it is 0, whatever the state begins with: then it is carried beside the state.
    /// </returns>
    public int WriteOutput(LaneWriter lanes, int state, int after)
    {
        Write(lanes, state, after);
        if (Initial.Count == 0 || builder.MaskOf(0) is null)
        {
            return state;
        }

        int output = loop.Carried("Output", Units);
        Write(lanes, output, after);
        return output;
    }

    private int Dropped(int state, string name, int gate)
    {
        var lanes = new LaneWriter();
        int dropped = loop.Local($"{name}Dropped{gate}", Units);
        lanes.Write(dropped, 0, lanes.Product(lanes.Read(state), lanes.Read(Mask(gate))));
        loop.DifferentiableLanes($"{name}Dropout{gate}", lanes, Width);
        return dropped;
    }

    private int Mask(int gate)
    {
        string name = $"{role}Mask{gate}";
        return loop.Sample(name, builder.Step(
            new DropoutStep(arguments.RecurrentDropout, StateSalt + (gate << 27)), name, builder.Add(new FillOp(1f), Shape.Of(Units), name + "Ones", x)));
    }

    private Op Project(Op input, Op kernel, Op? bias, string part)
    {
        Op y = builder.Contract(Contraction.Product(input.Shape, kernel.Shape[1]), part, input, kernel);
        return bias is null ? y : builder.Step(new AddBias(), part, y, bias);
    }

    private Op PartOf(Op parameter, int first, int count = 1)
    {
        int rows = parameter.Shape.Vectors;
        return builder.AddShared(
            new SharedPartOp(first * rows * Width),
            parameter.Shape.Rank == 1 ? Shape.Of(count * Width) : Shape.Of(rows, count * Width),
            $"{parameter.Label.Role.Replace("/", "")}Gate{first}",
            parameter);
    }
}
