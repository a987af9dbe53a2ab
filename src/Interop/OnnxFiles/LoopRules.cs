using Unroll.Interop.Networks;
using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Recurrences that a file writes as the formulas of their cell, repeated: recognised by what they compute.</summary>
internal static class LoopRules
{
    // Of a sequence on which the body is tried: far above any, and little memory.
    private const long MostNumbers = 1 << 24;

    public static void Scan(OnnxCall call)
    {
        GraphProto graph = Graph(call);
        int sequences = call.Int(call.Int("num_scan_inputs", 1), "num_scan_inputs");
        int states = graph.Input.Count - sequences;
        if (sequences != 1 || states is not (1 or 2) || call.Opset < 9 || graph.Output.Count < states || graph.Output.Count > states + 1
            || (call.Ints("scan_input_axes") ?? [0]) is not [0] || (call.Ints("scan_output_axes") ?? [0]) is not [0])
        {
            throw LoopBody.Unknown("a recurrence over one sequence, without masks, is read, with one state or an LSTM's two");
        }

        bool isReversed = (call.Ints("scan_input_directions") ?? [0]) is [1];
        bool outputIsReversed = (call.Ints("scan_output_directions") ?? [0]) is [1];
        if (outputIsReversed && !isReversed)
        {
            throw OnnxCall.Refusal("scan_output_directions", "what comes out is turned round", "build the model without it");
        }

        CarriedState[] carried = [.. Enumerable.Range(0, states).Select(state => new CarriedState(graph.Input[state].Name, state, state, state))];
        int output = graph.Output.Count > states ? states : -1;
        (OnnxValue x, bool isTurned) = Sequence(call, states);
        Dictionary<string, OnnxTensor> known = Captured(call, graph);
        Add(call, [.. Orders(carried).Select(order => new Recurrence(new LoopBody(call.Translation, graph), x, graph.Input[states].Name, TakesStep: false, known, [], order, output)
        {
            IsReversed = isReversed != isTurned,
            TurnsOutput = outputIsReversed,
        })], x.Shape[0]);
    }

    public static void Loop(OnnxCall call)
    {
        GraphProto graph = Graph(call);
        int carried = graph.Input.Count - 2;
        if (carried < 1 || graph.Output.Count < carried + 1 || graph.Output.Count > carried + 2 || call.Constant(0)?.Wholes is not [long most] || (call.Has(1) && call.Constant(1)?.AsFloats() is not [not 0]))
        {
            throw LoopBody.Unknown("a recurrence over one sequence whose number of steps is fixed is read");
        }

        var known = new Dictionary<string, OnnxTensor>(Captured(call, graph));
        var counters = new List<Counter>();
        var states = new List<CarriedState>();
        known[graph.Input[1].Name] = new OnnxTensor([], null, [1]);
        for (int i = 2; i < graph.Input.Count; i++)
        {
            string name = graph.Input[i].Name;
            if (Origin(graph, graph.Output[i - 1].Name) == name && call.Constant(i) is OnnxTensor constant)
            {
                known[name] = constant;
            }
            else if (call.Constant(i) is { IsWhole: true, Count: 1 } begin)
            {
                counters.Add(new Counter(name, i - 1, begin));
            }
            else
            {
                states.Add(new CarriedState(name, i - 1, i, i - 2));
            }
        }

        IReadOnlyList<string> captured = LoopBody.Captured(graph);
        int[] sequences = [.. Enumerable.Range(0, captured.Count).Where(place => call.Constant(graph.Input.Count + place) is null)];
        if (sequences.Length != 1 || states.Count is not (1 or 2))
        {
            throw LoopBody.Unknown("a recurrence over one sequence is read, with one state or an LSTM's two");
        }

        (OnnxValue x, bool isTurned) = Sequence(call, graph.Input.Count + sequences[0]);
        int output = graph.Output.Count > carried + 1 ? carried + 1 : -1;
        Add(call, [.. Orders([.. states]).Select(order => new Recurrence(
            new LoopBody(call.Translation, graph), x, captured[sequences[0]], TakesStep: true, known, counters, order, output) { IsReversed = isTurned })], most);
    }

    /// <summary>An LSTM's state and memory cell come in either order.</summary>
    private static CarriedState[][] Orders(CarriedState[] states) => states is [CarriedState first, CarriedState second] ? [states, [second, first]] : [states];

    private static void Add(OnnxCall call, Recurrence[] readings, long most)
    {
        foreach (Recurrence recurrence in readings)
        {
            if (recurrence.Recognize() is (CellPattern cell, CellFunctions functions))
            {
                CheckCount(recurrence, most);
                Give(call, recurrence, cell, Layer(call, recurrence, cell, functions));
                return;
            }
        }

        throw LoopBody.Unknown("what it repeats is no cell of LSTM, GRU or SimpleRNN");
    }

    private static NetworkNode Layer(OnnxCall call, Recurrence recurrence, CellPattern cell, CellFunctions functions)
    {
        OnnxValue[] begins = [.. recurrence.States.Where(state => !InitialStates.IsZero(call, state.Begin)).Select(state => call.Batched(state.Begin))];
        if (begins.Length > 0 && (begins.Length < recurrence.States.Count || begins.Any(begin => !begin.ClassShape.SequenceEqual([cell.Units]))))
        {
            throw OnnxCall.Refusal("initial", $"zeros, or a value of {cell.Units} numbers for each state, are expected", "give all of them, zeros out of a layer where there is none");
        }

        NetworkNode node = call.Add(cell.Gates switch { 4 => typeof(LSTMAttribute), 3 => typeof(GRUAttribute), _ => typeof(SimpleRNNAttribute) }, [call.Fit(recurrence.X, [0, 1]), .. begins]);
        node.Attribute!.Set("units", cell.Units);
        node.Attribute.Set("ReturnSequences", recurrence.Output >= 0 && SequenceRules.IsRead(call, OutputOf(call, recurrence)));
        node.Attribute.Set("GoBackwards", recurrence.IsReversed);
        node.Attribute.Set("UseBias", cell.Bias is not null);
        node.Attribute.Set("Activation", functions.Candidate.Activation);
        if (cell.Gates > 1)
        {
            node.Attribute.Set("RecurrentActivation", functions.Gate.Activation);
        }

        if (cell.Gates == 3)
        {
            node.Attribute.Set("ResetAfter", cell.ResetsAfter);
        }

        int width = cell.Gates * cell.Units;
        node.Parameters.Add(new ImportedTensor("kernel", [cell.Inputs, width], functions.Scale(cell.Kernel.Floats!, cell.Units, cell.Gates)));
        node.Parameters.Add(new ImportedTensor("recurrent_kernel", [cell.Units, width], functions.Scale(cell.Recurrent.Floats!, cell.Units, cell.Gates)));
        if (cell.Bias is not null)
        {
            float[] bias = [.. cell.Bias, .. cell.ResetsAfter ? cell.RecurrentBias ?? new float[width] : []];
            node.Parameters.Add(new ImportedTensor("bias", cell.ResetsAfter ? [2, width] : [width], functions.Scale(bias, cell.Units, cell.Gates)));
        }

        return node;
    }

    private static void Give(OnnxCall call, Recurrence recurrence, CellPattern cell, NetworkNode node)
    {
        int all = OutputOf(call, recurrence);
        bool givesSteps = (bool)node.Attribute!.Get("ReturnSequences")!;
        var value = new OnnxValue(node, [recurrence.X.Shape[0], cell.Units], [0, 1]) { Batch = 1 };
        if (givesSteps)
        {
            LooseValue loose = LooseValue.Of(value);
            call.Give(recurrence.TurnsOutput && value.Shape[0] > 1 ? loose with { Reversed = loose.Class[0][0] } : loose, all);
        }

        int last = recurrence.States[0].End;
        for (int output = 0; output < call.Node.Output.Count; output++)
        {
            if (output == last && SequenceRules.IsRead(call, output))
            {
                call.Give(givesSteps ? Last(call, value with { Batch = 0 }) : LooseValue.Of(new OnnxValue(node, [cell.Units], [0])), output);
            }
            else if (output != all && SequenceRules.IsRead(call, output))
            {
                throw LoopBody.Unknown($"its output '{call.Node.Output[output]}' is read, which no layer gives");
            }
        }
    }

    private static LooseValue Last(OnnxCall call, OnnxValue all)
    {
        LooseValue cut = LooseValue.Of(Margins.Cut(call, all, new WindowPads([all.Shape[0] - 1], [0])));
        return cut with { File = [cut.File[0], cut.File[2]] };
    }

    // A Loop tells whether it goes on, and a Scan does not.
    private static int OutputOf(OnnxCall call, Recurrence recurrence) => recurrence.Output < 0 ? -1 : recurrence.Output - (call.Operator == "Loop" ? 1 : 0);

    /// <summary>Whether it ends with the last step and no earlier.</summary>
    private static void CheckCount(Recurrence recurrence, long most)
    {
        int steps = recurrence.X.Shape[0];
        bool ends = !recurrence.TakesStep || (most >= steps && Enumerable.Range(0, steps - 1).All(recurrence.GoesOn) && (!recurrence.GoesOn(steps - 1) || most == steps));
        if (!ends)
        {
            throw LoopBody.Unknown($"it does not end with the last of {steps} steps");
        }
    }

    private static GraphProto Graph(OnnxCall call)
    {
        call.ReadBody();
        return LoopBody.Of(call.Node) ?? throw LoopBody.Unknown("it is missing");
    }

    private static (OnnxValue Value, bool IsTurned) Sequence(OnnxCall call, int input)
    {
        (OnnxValue x, bool isTurned) = ReversedSteps.Sequence(call, input, axis: 0);
        return x.Shape.Length == 2 && x.Batch == 1 && (long)x.Shape[0] * x.Shape[1] <= MostNumbers
            ? (x, isTurned)
            : throw LoopBody.Unknown("a sequence [steps, samples, values] is expected");
    }

    private static Dictionary<string, OnnxTensor> Captured(OnnxCall call, GraphProto graph)
    {
        var known = new Dictionary<string, OnnxTensor>(StringComparer.Ordinal);
        IReadOnlyList<string> names = LoopBody.Captured(graph);
        for (int place = 0; place < names.Count; place++)
        {
            if (call.Constant(graph.Input.Count + place) is OnnxTensor constant)
            {
                known[names[place]] = constant;
            }
        }

        return known;
    }

    private static string Origin(GraphProto graph, string name)
    {
        while (graph.Node.FirstOrDefault(node => node.OpType == "Identity" && node.Output.Contains(name)) is { Input: [string input] } && input != name)
        {
            name = input;
        }

        return name;
    }
}
