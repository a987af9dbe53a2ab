using Unroll.Generator.Diagnostics;
using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>A cell that runs along the steps of a sequence [steps, features], in one direction or in both.</summary>
internal abstract record RecurrentLayer(int Position, string Name, RecurrentArguments Arguments) : Layer(Position, Name)
{
    // Random numbers of a layer are told apart by these, above all positions.
    private const int InputNoise = 1 << 24;
    private const int StateNoise = 1 << 25;
    private const int BackwardNoise = 1 << 26;

    /// <summary>The parts of kernel, recurrent kernel and bias.</summary>
    protected abstract int Gates { get; }

    /// <summary>The rows of the bias.</summary>
    protected virtual int Biases => 1;

    /// <summary>What a step leaves to the next.</summary>
    protected virtual int States => 1;

    private bool IsBidirectional => Arguments.Bidirectional != BidirectionalMerge.None;

    public override bool ChangesPositions => true;

    public override bool KeepsMask => Arguments.ReturnSequences;

    public override string? StreamObstacle(IReadOnlyList<Shape> inputs) =>
        IsBidirectional || Arguments.GoBackwards ? "it reads the last step first"
        : inputs.Count > 1 ? "it begins with a state that is given"
        : null;

    public override bool LooksBack => true;

    public override bool GivesSteps => Arguments.ReturnSequences;

    public override Inference Infer(IReadOnlyList<Shape> inputs)
    {
        Shape input = inputs[0];
        if (ImageAxes.Check(this, input, axes: 1) is Problem problem)
        {
            return problem;
        }

        int states = States * (IsBidirectional ? 2 : 1);
        if (inputs.Count > 1 && (inputs.Count - 1 != states || inputs.Skip(1).Any(state => state != Shape.Of(Arguments.Units))))
        {
            return Problem.At(
                At(RecurrentArguments.InitialState),
                DiagnosticDescriptors.InitialStates,
                Name,
                $"{NumberText.Of(states)} {(states == 1 ? "value" : "values")} of {NumberText.Of(Arguments.Units)}",
                string.Join(" and ", inputs.Skip(1).Select(static state => $"({state})")));
        }

        int units = Arguments.Bidirectional == BidirectionalMerge.Concat ? DepthwiseLayer.Times(2, Arguments.Units) : Arguments.Units;
        return Arguments.ReturnSequences ? Shape.Of(input[0], units) : Shape.Of(units);
    }

    public override IEnumerable<Weight> Weights(IReadOnlyList<Shape> inputs) =>
        IsBidirectional ? [.. Weights(inputs[0], "forward/"), .. Weights(inputs[0], "backward/")] : Weights(inputs[0], "");

    public override long MultiplyAdds(IReadOnlyList<Shape> inputs, Shape output) =>
        (long)inputs[0][0] * (inputs[0].Last + Arguments.Units) * Gates * Arguments.Units * (IsBidirectional ? 2 : 1);

    /// <summary>The sums of the gates at every step, of each direction.</summary>
    public override IEnumerable<Shape> Hidden(IReadOnlyList<Shape> inputs) => Enumerable.Repeat(
        Shape.Of(inputs[0][0], (int)Math.Min(int.MaxValue, Gates * Shape.Padded(Arguments.Units))), IsBidirectional ? 2 : 1);

    public override Op Lower(LayerBuilder builder, IReadOnlyList<Op> inputs)
    {
        Op x = inputs[0];
        Op[] initial = [.. inputs.Skip(1).Take(States)];
        Op y = Run(builder, x, initial, IsBidirectional ? "forward/" : "", Arguments.GoBackwards, noise: 0);
        if (IsBidirectional)
        {
            initial = [.. inputs.Skip(1 + States)];
            y = Merge(builder, y, Run(builder, x, initial, "backward/", !Arguments.GoBackwards, BackwardNoise));
        }

        return Arguments is { ReturnSequences: true, GoBackwards: true } ? builder.Add(new ReverseStepsOp(), y.Shape, "Reverse", y) : y;
    }

    /// <summary>Writes the cell.</summary>
    /// <returns>The slot of the output, which the cell carries.</returns>
    protected abstract int WriteCell(RecurrentCell cell);

    private Op Run(LayerBuilder builder, Op x, IReadOnlyList<Op> initial, string direction, bool isReversed, int noise)
    {
        string role = direction.Length == 0 ? "" : char.ToUpperInvariant(direction[0]) + direction.Substring(1, direction.Length - 2);
        var cell = new RecurrentCell(builder, Arguments, x, new LoopBuilder(builder.Writer, x.Shape[0], isReversed, builder.IsStream), direction, role)
        {
            Gates = Gates,
            Width = (int)Shape.Padded(Arguments.Units),
            InputSalt = Position + InputNoise + noise,
            StateSalt = Position + StateNoise + noise,
            Initial = initial,
        };
        int output = WriteCell(cell);
        Op loop = cell.Loop.Finish(new OpLabel(Name, role + "Loop"));
        if (!Arguments.ReturnSequences || builder.IsStream)
        {
            Op last = builder.Add(new LoopFinalOp(output), Shape.Of(Arguments.Units), role + "Output", loop);
            last = Arguments.ZeroOutputForMask && builder.MaskOf(0) is Op steps ? Masked(builder, last, steps, isReversed ? 0 : x.Shape[0] - 1, role) : last;
            return !Arguments.ReturnSequences ? last : builder.Add(new ReshapeOp(), builder.Output, role + "Outputs", last);
        }

        // Of two directions a masked step has neither's state.
        Op y = builder.Add(new LoopStatesOp(output, IsAfter: true), Shape.Of(x.Shape[0], Arguments.Units), role + "Outputs", loop);
        return (IsBidirectional || Arguments.ZeroOutputForMask) && builder.MaskOf(0) is Op mask
            ? builder.Add(new ScaleStepsOp(), y.Shape, role + "Masked", y, mask)
            : y;
    }

    // The state after the last step is the output of that step, and 0 where it is masked.
    private static Op Masked(LayerBuilder builder, Op state, Op mask, int step, string role)
    {
        Op own = builder.Add(new SliceOp(0, step), Shape.Of(1), role + "LastMask", mask);
        Op row = builder.Add(new ReshapeOp(), Shape.Of(1, state.Shape.Last), role + "LastRow", state);
        row = builder.Add(new ScaleStepsOp(), row.Shape, role + "Masked", row, own);
        return builder.Add(new ReshapeOp(), state.Shape, role + "Last", row);
    }

    private Op Merge(LayerBuilder builder, Op forward, Op backward) => Arguments.Bidirectional switch
    {
        BidirectionalMerge.Concat => builder.Add(
            new ConcatenateOp(forward.Shape.Rank - 1), forward.Shape.WithLast(2 * Arguments.Units), "Merge", forward, backward),
        BidirectionalMerge.Sum => builder.Step(new AddValue(), "Merge", forward, backward),
        BidirectionalMerge.Mul => builder.Step(new MultiplyValue(), "Merge", forward, backward),
        _ => builder.Step(new Rescale(0.5f, 0f), "Mean", builder.Step(new AddValue(), "Merge", forward, backward)),
    };

    private IEnumerable<Weight> Weights(Shape input, string direction)
    {
        int columns = DepthwiseLayer.Times(Gates, Arguments.Units);
        yield return Weight.OfGates(direction + "kernel", Shape.Of(input.Last, columns), Gates, Arguments.Kernel, ParameterArrangement.Panels);
        yield return Weight.OfGates(direction + "recurrent_kernel", Shape.Of(Arguments.Units, columns), Gates, Arguments.Recurrent, ParameterArrangement.Panels);
        if (Arguments.UseBias)
        {
            Shape shape = Biases == 1 ? Shape.Of(columns) : Shape.Of(Biases, columns);
            yield return Weight.OfGates(direction + "bias", shape, Gates, BiasSpec, ParameterArrangement.Vectors);
        }
    }

    /// <summary>How the bias starts.</summary>
    protected virtual WeightSpec BiasSpec => Arguments.Bias;
}
