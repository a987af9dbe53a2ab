using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxExport;

/// <summary>Recurrences: ONNX's operators where they have the functions and no step is masked, else a loop of the cell's formulas.</summary>
internal static class RecurrentExport
{
    private static readonly Dictionary<Activation, string> s_functions = new()
    {
        [Activation.Tanh] = "Tanh",
        [Activation.Sigmoid] = "Sigmoid",
        [Activation.Relu] = "Relu",
        [Activation.Softsign] = "Softsign",
        [Activation.Softplus] = "Softplus",
    };

    private const string Forward = "forward/";
    private const string Backward = "backward/";

    public static ExportValue Recurrent(LayerCall call)
    {
        ModelLayer layer = call.Layer;
        BidirectionalMerge merge = layer.Argument<BidirectionalMerge>("Bidirectional");
        bool isReversed = layer.Argument<bool>("GoBackwards");
        bool isOperator = call.X.Mask is null && s_functions.ContainsKey(Function(layer)) && s_functions.ContainsKey(Inner(layer));
        if (call.Writer.IsStep)
        {
            return isOperator ? Step(call) : RecurrentLoop.Step(call);
        }

        string y = merge == BidirectionalMerge.None ? isOperator ? Operator(call, isReversed) : RecurrentLoop.Write(call, "", isReversed, inOrder: false)
            : merge == BidirectionalMerge.Concat && isOperator && !isReversed ? BothWays(call)
            : Merged(call, merge, isOperator ? Apart(call, isReversed) : [RecurrentLoop.Write(call, Forward, isReversed, inOrder: true), RecurrentLoop.Write(call, Backward, !isReversed, inOrder: true)]);
        bool givesSteps = layer.Argument<bool>("ReturnSequences");
        y = merge != BidirectionalMerge.None && isReversed && givesSteps ? Reversed(call, y, axis: 1) : y;
        return call.Give(y) with { Mask = givesSteps ? call.X.Mask : null };
    }

    /// <summary>The values that the states are before the first step, each [samples, units]; none where they are zeros.</summary>
    /// <param name="call">The layer.</param>
    /// <param name="prefix">Of the cell's parameters.</param>
    public static string[] States(LayerCall call, string prefix)
    {
        int count = call.Layer.Kind == "LSTM" ? 2 : 1;
        return [.. call.Inputs.Skip(prefix == Backward ? 1 + count : 1).Take(count).Select(state => call.Writer.AsNetwork(state).Name)];
    }

    /// <summary>The function of the cell.</summary>
    public static Activation Function(ModelLayer layer) => layer.Argument<Activation>("Activation");

    /// <summary>That of its gates.</summary>
    public static Activation Inner(ModelLayer layer) => layer.Kind == "SimpleRNN" ? Activation.Sigmoid : layer.Argument<Activation>("RecurrentActivation");

    /// <summary>[samples, steps, units], or the last alone.</summary>
    private static string Operator(LayerCall call, bool isReversed)
    {
        string[] outputs = Outputs(call, [""], isReversed ? "reverse" : "forward");
        if (!call.Layer.Argument<bool>("ReturnSequences"))
        {
            return call.Add("Squeeze", outputs[1], call.Writer.Wholes(0));
        }

        // Steps, directions, samples, units; going backwards, the first to come out is the last step.
        string steps = call.Add("Squeeze", outputs[0], call.Writer.Wholes(1));
        steps = isReversed ? Reversed(call, steps, axis: 0) : steps;
        return call.Writer.Transposed(steps, [1, 0, 2]);
    }

    private static string Reversed(LayerCall call, string steps, int axis) =>
        call.Add("Slice", steps, call.Writer.Wholes(-1), call.Writer.Wholes(long.MinValue + 1), call.Writer.Wholes(axis), call.Writer.Wholes(-1));

    /// <summary>Both directions side by side.</summary>
    private static string BothWays(LayerCall call)
    {
        string[] outputs = Outputs(call, [Forward, Backward], "bidirectional");
        int width = call.Layer.Shape[^1];
        return call.Layer.Argument<bool>("ReturnSequences")
            ? call.Add("Reshape", call.Writer.Transposed(outputs[0], [2, 0, 1, 3]), call.Writer.Wholes(0, call.Layer.Shape[0], width))
            : call.Add("Reshape", call.Writer.Transposed(outputs[1], [1, 0, 2]), call.Writer.Wholes(0, width));
    }

    /// <summary>Each direction by itself, in the order of the steps; the operator's second one is that which reads the last step first.</summary>
    private static string[] Apart(LayerCall call, bool isReversed)
    {
        string[] outputs = Outputs(call, isReversed ? [Backward, Forward] : [Forward, Backward], "bidirectional");
        bool givesSteps = call.Layer.Argument<bool>("ReturnSequences");
        int axis = givesSteps ? 1 : 0;
        string[] ways = [.. call.Writer.AddMany("Split", [outputs[1 - axis], call.Writer.Wholes(1, 1)], 2, ("axis", axis)).Select(way =>
        {
            string value = call.Add("Squeeze", way, call.Writer.Wholes(axis));
            return givesSteps ? call.Writer.Transposed(value, [1, 0, 2]) : value;
        })];
        return isReversed ? [ways[1], ways[0]] : ways;
    }

    private static string Merged(LayerCall call, BidirectionalMerge merge, string[] both) => merge switch
    {
        BidirectionalMerge.Concat => call.Add("Concat", both, ("axis", call.Layer.Shape.Length)),
        BidirectionalMerge.Sum => call.Add("Add", both),
        BidirectionalMerge.Mul => call.Add("Mul", both),
        _ => call.Add("Mean", both),
    };

    /// <summary>All steps and the last states.</summary>
    private static string[] Outputs(LayerCall call, string[] prefixes, string direction) => call.Writer.AddMany(
        Operation(call),
        Operands(call, prefixes, [.. prefixes.Select(prefix => States(call, prefix))]),
        2,
        [.. Attributes(call, prefixes.Length), ("direction", direction)]);

    private static string Operation(LayerCall call) => call.Layer.Kind == "SimpleRNN" ? "RNN" : call.Layer.Kind;

    /// <summary>The sequence, the parameters and, where there are any, the states, each [directions, samples, units].</summary>
    private static List<string> Operands(LayerCall call, string[] prefixes, string[][] states)
    {
        List<string> operands = [call.Writer.Transposed(call.Plain, [1, 0, 2]), .. Parameters(call, prefixes)];
        if (states[0].Length > 0)
        {
            // Bias and lengths of samples stand before them.
            operands.AddRange(Enumerable.Repeat("", 5 - operands.Count));
        }

        for (int state = 0; state < states[0].Length; state++)
        {
            string[] ways = [.. states.Select(way => call.Add("Unsqueeze", way[state], call.Writer.Wholes(0)))];
            operands.Add(ways.Length == 1 ? ways[0] : call.Add("Concat", ways, ("axis", 0)));
        }

        return operands;
    }

    /// <summary>One step of a stream, whose states come in and go out.</summary>
    private static ExportValue Step(LayerCall call)
    {
        int units = call.Layer.Argument<int>("Units");
        bool hasCell = call.Layer.Kind == "LSTM";
        string axis = call.Writer.Wholes(0);
        string[] states = hasCell ? ["h", "c"] : ["h"];
        List<string> operands = Operands(call, [""], [[.. states.Select(state => call.Writer.StateInput(call.Layer, state, [units]))]]);
        string[] outputs = call.Writer.AddMany(Operation(call), operands, 1 + states.Length, Attributes(call, directions: 1));
        for (int state = 0; state < states.Length; state++)
        {
            call.Writer.StateOutput(call.Layer, states[state], call.Add("Squeeze", outputs[1 + state], axis), [units]);
        }

        string last = call.Add("Squeeze", outputs[1], axis);
        return call.Give(call.Layer.Argument<bool>("ReturnSequences") ? call.Add("Unsqueeze", last, call.Writer.Wholes(1)) : last);
    }

    private static (string Name, object Value)[] Attributes(LayerCall call, int directions)
    {
        List<(string Name, object Value)> attributes = [("hidden_size", call.Layer.Argument<int>("Units"))];
        string function = s_functions[Function(call.Layer)];
        string inner = s_functions[Inner(call.Layer)];
        string[] functions = call.Layer.Kind switch { "LSTM" => [inner, function, function], "GRU" => [inner, function], _ => [function] };
        if (function != "Tanh" || inner != "Sigmoid")
        {
            attributes.Add(("activations", Enumerable.Repeat(functions, directions).SelectMany(static each => each).ToArray()));
        }

        if (call.Layer.Kind == "GRU")
        {
            attributes.Add(("linear_before_reset", call.Layer.Argument<bool>("ResetAfter") ? 1 : 0));
        }

        return [.. attributes];
    }

    /// <summary>W, R and B: kernels turned over, gates in ONNX's order, one direction behind the other.</summary>
    private static IEnumerable<string> Parameters(LayerCall call, string[] prefixes)
    {
        // Keras has i, f, c, o and ONNX i, o, f, c; z, r, h in both.
        int[] gates = call.Layer.Kind switch { "LSTM" => [0, 3, 1, 2], "GRU" => [0, 1, 2], _ => [0] };
        int units = call.Layer.Argument<int>("Units");
        foreach ((string part, int inputs) in new[] { ("kernel", call.InputShape[1]), ("recurrent_kernel", units) })
        {
            float[] ordered = [.. prefixes.SelectMany(prefix =>
                InOrder(AxisOrder.Move(call.Writer.Parameter(call.Layer, prefix + part), call.Writer.ShapeOf(call.Layer, prefix + part), [1, 0]), gates, units * inputs))];
            yield return call.Writer.Weight(call.Layer, part, [prefixes.Length, gates.Length * units, inputs], ordered);
        }

        if (call.Layer.Argument<bool>("UseBias"))
        {
            bool resetsAfter = call.Layer.Kind == "GRU" && call.Layer.Argument<bool>("ResetAfter");
            float[] both = [.. prefixes.SelectMany(prefix =>
            {
                float[] bias = call.Writer.Parameter(call.Layer, prefix + "bias");
                float[] first = InOrder(bias, gates, units);
                return first.Concat(resetsAfter ? bias[(gates.Length * units)..] : new float[first.Length]);
            })];
            yield return call.Writer.Weight(call.Layer, "bias", [prefixes.Length, 2 * gates.Length * units], both);
        }
    }

    private static float[] InOrder(float[] values, int[] gates, int size) => [.. gates.SelectMany(gate => values[(gate * size)..((gate + 1) * size)])];
}
