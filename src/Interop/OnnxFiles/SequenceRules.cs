using Unroll.Interop.Networks;
using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Recurrences.</summary>
internal static class SequenceRules
{
    /// <summary>One cell over the steps: kernels are turned back, and gates put in Keras's order.</summary>
    public static void Recurrent(OnnxCall call)
    {
        string direction = call.Text("direction", "forward");
        bool isBatchFirst = call.Int("layout", 0) != 0;
        (OnnxValue x, bool isTurned) = direction == "bidirectional" ? (call.Batched(0), false) : ReversedSteps.Sequence(call, 0, isBatchFirst ? 1 : 0);
        if (x.Shape.Length != 2 || x.Batch != (isBatchFirst ? 0 : 1))
        {
            throw OnnxCall.Refusal("X", $"[{(isBatchFirst ? "samples, steps" : "steps, samples")}, values] is expected", "export the model with the steps of a sequence first");
        }

        // ONNX has i, o, f, c and Keras i, f, c, o; z, r, h in both.
        int[] gates = call.Operator switch { "LSTM" => [0, 2, 3, 1], "GRU" => [0, 1, 2], _ => [0] };
        OnnxTensor w = call.Required(1, "W");
        OnnxTensor r = call.Required(2, "R");
        int steps = x.Shape[0];
        int inputs = x.Shape[1];
        int directions = w.Dims.Count == 3 ? w.Dims[0] : 0;
        int units = r.Dims.Count == 3 ? r.Dims[2] : 0;
        bool fits = directions == (direction == "bidirectional" ? 2 : 1) && units > 0 && w.Floats is not null && r.Floats is not null
            && w.Dims.SequenceEqual([directions, gates.Length * units, inputs]) && r.Dims.SequenceEqual([directions, gates.Length * units, units])
            && call.Int("hidden_size", units) == units;
        if (!fits)
        {
            throw OnnxCall.Refusal("W", $"kernels of {gates.Length} gates over {inputs} values are expected for each direction, and the file has [{string.Join(", ", w.Dims)}] and [{string.Join(", ", r.Dims)}]", "export the model again");
        }

        CheckRest(call, steps);
        bool givesSteps = IsRead(call, 0);
        bool givesLast = IsRead(call, 1);
        if (IsRead(call, 2))
        {
            throw OnnxCall.Refusal("Y_c", "the memory cell of an LSTM is no value of a network", "use a GRU, whose state is its output");
        }

        // Two directions end at opposite steps.
        int lastPlace = direction == "reverse" ? 0 : steps - 1;
        bool lastAlone = directions == 1 && givesSteps && !givesLast && SelectsLast(call, call.Node.Output[0], isBatchFirst ? 1 : 0, lastPlace, steps);
        bool returnsSteps = givesSteps && !lastAlone;
        CellFunctions[] functions = CellFunctions.Read(call, directions);
        NetworkNode node = Layer(call, [call.Fit(x, [0, 1]), .. InitialStates.Of(call, x, units, directions)], units, functions, returnsSteps);
        node.Attribute!.Set("GoBackwards", directions == 1 && isTurned != (direction == "reverse"));
        RecurrentParameters.Add(call, node, gates, units, inputs, functions);
        Give(call, node, steps, units, directions, returnsSteps, lastAlone, isBatchFirst);
    }

    /// <summary>Whether what a node gives is read by recurrences alone, as the states they begin with.</summary>
    public static bool AreStates(OnnxCall call)
    {
        string value = call.Node.Output[0];
        NodeProto[] readers = [.. call.Translation.Links.Readers(value)];
        return readers.Length > 0 && !call.Translation.Links.IsOutput(value) && readers.All(reader =>
            (reader.OpType is "LSTM" or "GRU" or "RNN" && Array.IndexOf([.. reader.Input], value) >= InitialStates.First)
            || (reader.OpType == "Concat" && AreStates(new OnnxCall(reader, call.Translation))));
    }

    /// <summary>The states of two directions, which are joined before the samples.</summary>
    public static void Join(OnnxCall call) =>
        call.Translation.GiveStates(call.Node.Output[0], [.. Enumerable.Range(0, call.Node.Input.Count).Select(call.Batched)]);

    private static NetworkNode Layer(OnnxCall call, OnnxValue[] inputs, int units, CellFunctions[] functions, bool returnsSteps)
    {
        Type kind = call.Operator switch { "LSTM" => typeof(LSTMAttribute), "GRU" => typeof(GRUAttribute), _ => typeof(SimpleRNNAttribute) };
        NetworkNode node = call.Add(kind, inputs);
        node.Attribute!.Set("units", units);
        node.Attribute.Set("ReturnSequences", returnsSteps);
        node.Attribute.Set("Bidirectional", functions.Length == 2 ? BidirectionalMerge.Concat : BidirectionalMerge.None);
        if (call.Operator == "GRU")
        {
            node.Attribute.Set("ResetAfter", call.Int("linear_before_reset", 0) != 0);
        }

        node.Attribute.Set("Activation", functions[0].Candidate.Activation);
        if (call.Operator != "RNN")
        {
            node.Attribute.Set("RecurrentActivation", functions[0].Gate.Activation);
        }

        return node;
    }

    /// <summary>What a layer cannot be told: lengths of samples, peepholes, limits.</summary>
    private static void CheckRest(OnnxCall call, int steps)
    {
        bool hasLengths = call.Has(4) && call.Constant(4)?.Wholes?.All(length => length == steps) != true;
        string? what = hasLengths ? "sequence_lens" : call.Has(7) ? "P" : call.Float("clip", 0) != 0 ? "clip" : call.Int("input_forget", 0) != 0 ? "input_forget" : null;
        if (what is not null)
        {
            throw OnnxCall.Refusal(what, "a layer goes over all steps, and has neither peepholes nor limits", "export the model without it");
        }
    }

    /// <summary>Y: steps, directions, samples, units; Y_h without the steps.</summary>
    private static void Give(OnnxCall call, NetworkNode node, int steps, int units, int directions, bool returnsSteps, bool lastAlone, bool isBatchFirst)
    {
        Factor[] time = Axis(steps);
        Factor[] ways = Axis(directions);
        Factor[] width = Axis(units);
        Factor[] samples = [Factor.Samples];
        Factor[][] own = returnsSteps ? [time, [.. ways, .. width]] : [[.. ways, .. width]];
        if (returnsSteps || lastAlone)
        {
            call.Give(new LooseValue(node, own, isBatchFirst ? [samples, time, ways, width] : [time, ways, samples, width])
            {
                LastOf = lastAlone && steps > 1 ? time[0] : null,
                Reversed = returnsSteps && call.Text("direction", "") == "reverse" && steps > 1 ? time[0] : null,
            });
        }

        if (!IsRead(call, 1))
        {
            return;
        }

        Factor[][] file = isBatchFirst ? [samples, ways, width] : [ways, samples, width];
        if (returnsSteps && directions == 2)
        {
            call.Translation.Give(call.Node.Output[1], new LooseValue(Ends(call, node, steps, units), [[.. ways, .. width]], file));
        }
        else if (returnsSteps)
        {
            // Of one direction: what comes out last.
            var all = new OnnxValue(node, [steps, units], [0, 1]);
            LooseValue last = LooseValue.Of(Margins.Cut(call, all, new WindowPads([steps - 1], [0])));
            call.Translation.Give(call.Node.Output[1], last with { File = isBatchFirst ? [samples, [], last.Class[1]] : [[], samples, last.Class[1]] });
        }
        else
        {
            call.Translation.Give(call.Node.Output[1], new LooseValue(node, own, file));
        }
    }

    /// <summary>The states after the last step of each of two directions, out of all steps: the last one of the first, the first one of the second.</summary>
    private static NetworkNode Ends(OnnxCall call, NetworkNode node, int steps, int units)
    {
        int[] image = [steps, 2 * units, 1];
        OnnxValue all = Layouts.Reshape(call, new OnnxValue(node, image, Layouts.AsFile(3)), image, Layouts.AsFile(3));
        OnnxValue End(WindowPads pads) => Layouts.Reshape(call, Margins.Cut(call, all, pads), [units], [0]);
        return call.Translation.Add(typeof(ConcatenateAttribute), null, End(new WindowPads([steps - 1, 0], [0, units])), End(new WindowPads([0, units], [steps - 1, 0])));
    }

    private static Factor[] Axis(int size) => size == 1 ? [] : [new Factor(size)];

    public static bool IsRead(OnnxCall call, int output) => output < call.Node.Output.Count && call.Node.Output[output] is { Length: > 0 } name
        && (call.Translation.Links.IsOutput(name) || call.Translation.Links.Readers(name).Any());

    /// <summary>Whether all that reads a value takes one step alone, that which a recurrence comes to last.</summary>
    private static bool SelectsLast(OnnxCall call, string value, int axis, int place, int steps)
    {
        NodeProto[] readers = [.. call.Translation.Links.Readers(value)];
        return readers.Length > 0 && !call.Translation.Links.IsOutput(value) && readers.All(reader =>
        {
            var next = new OnnxCall(reader, call.Translation);
            switch (reader.OpType)
            {
                case "Transpose" when next.Ints("perm") is int[] order && order.Contains(axis):
                    return SelectsLast(call, reader.Output[0], Array.IndexOf(order, axis), place, steps);
                case "Squeeze" when next.Axes(1) is int[] gone && gone.All(other => other >= 0 && other != axis):
                    return SelectsLast(call, reader.Output[0], axis - gone.Count(other => other < axis), place, steps);
                case "Gather":
                    return next.Int("axis", 0) == axis && next.Constant(1)?.Wholes is [long index] && (index == place || index == place - steps);
                case "Slice":
                    return next.Axes(3) is [int along] && along == axis && !next.Has(4) && next.Whole("starts", 1) is long start && (start == place || start == place - steps)
                        && next.Whole("ends", 2) is long end && (end == place + 1 || (end < 0 && end == place + 1 - steps) || (end >= steps && place == steps - 1));
                default:
                    return false;
            }
        });
    }
}
