using Unroll.Interop.Networks;
using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxExport;

/// <summary>A recurrence as a Scan over the cell's formulas: a masked step carries the states on and repeats the output.</summary>
internal static class RecurrentLoop
{
    /// <inheritdoc cref="RecurrentExport.Recurrent"/>
    /// <param name="call">The layer.</param>
    /// <param name="prefix">Of the parameters.</param>
    /// <param name="isReversed">Whether the last step comes first.</param>
    /// <param name="inOrder">Whether what comes out is in the order of the steps even so.</param>
    public static string Write(LayerCall call, string prefix, bool isReversed, bool inOrder)
    {
        GraphWriter writer = call.Writer;
        int units = call.Layer.Argument<int>("Units");
        string[] states = call.Layer.Kind == "LSTM" ? ["h", "c"] : ["h"];
        string x = writer.Transposed(call.Plain, [1, 0, 2]);
        string? mask = call.X.Mask is string given ? writer.Transposed(given, [1, 0, 2]) : null;
        string[] first = RecurrentExport.States(call, prefix);
        bool givesSteps = call.Layer.Argument<bool>("ReturnSequences");
        bool zeroesMasked = call.Layer.Argument<bool>("ZeroOutputForMask") || (givesSteps && prefix.Length > 0);

        // The output is 0 before the first step that counts: a value of its own beside a state that begins with another one.
        bool repeatsOutput = mask is not null && first.Length > 0 && !zeroesMasked;
        if (first.Length == 0 || repeatsOutput)
        {
            string samples = call.Add("Slice", call.Add("Shape", call.Plain), writer.Wholes(0), writer.Wholes(1));
            string zeros = call.Add("ConstantOfShape", call.Add("Concat", [samples, writer.Wholes(units)], ("axis", 0)));
            first = repeatsOutput ? [.. first, zeros] : [.. states.Select(_ => zeros)];
        }

        string[] read = mask is null ? [x] : [x, mask];
        GraphProto body = writer.Within(() =>
        {
            string[] before = [.. states.Select(state => writer.BodyInput(state))];
            string? last = repeatsOutput ? writer.BodyInput("y") : null;
            string step = writer.BodyInput("x");
            string? counts = mask is null ? null : call.Add("Cast", [writer.BodyInput("mask")], ("to", (int)TensorProto.Types.DataType.Bool));
            string[] after = Cell(call, prefix, step, before);
            string[] carried = counts is null ? after : [.. after.Zip(before, (next, last) => call.Add("Where", counts, next, last))];
            string output = counts is null || (last is null && !zeroesMasked) ? carried[0] : call.Add("Where", counts, after[0], last ?? writer.Number(0));
            foreach (string value in last is null ? carried : [.. carried, output])
            {
                writer.BodyOutput(value);
            }

            if (givesSteps)
            {
                writer.BodyOutput(output);
            }
        });

        int way = isReversed ? 1 : 0;
        List<(string Name, object Value)> attributes = [("body", body), ("num_scan_inputs", read.Length), ("scan_input_directions", read.Select(_ => way).ToArray())];
        if (givesSteps)
        {
            attributes.Add(("scan_output_directions", new[] { inOrder ? way : 0 }));
        }

        string[] outputs = writer.AddMany("Scan", [.. first, .. read], first.Length + (givesSteps ? 1 : 0), [.. attributes]);
        if (givesSteps)
        {
            return writer.Transposed(outputs[^1], [1, 0, 2]);
        }

        // 0 as a whole where the last step that is read is masked.
        return mask is not null && zeroesMasked
            ? call.Add("Mul", outputs[0], call.Add("Gather", [mask, Index(call, isReversed ? 0 : call.InputShape[0] - 1)], ("axis", 0)))
            : outputs[repeatsOutput ? states.Length : 0];
    }

    /// <summary>One step of a stream by the cell's formulas, whose states come in and go out.</summary>
    public static ExportValue Step(LayerCall call)
    {
        GraphWriter writer = call.Writer;
        int units = call.Layer.Argument<int>("Units");
        string axis = writer.Wholes(1);
        string[] states = call.Layer.Kind == "LSTM" ? ["h", "c"] : ["h"];
        string[] before = [.. states.Select(state => writer.StateInput(call.Layer, state, [units]))];
        string[] after = Cell(call, "", call.Add("Squeeze", call.Plain, axis), before);
        string? mask = call.X.Mask is string given ? call.Add("Squeeze", given, axis) : null;
        string? counts = mask is null ? null : call.Add("Cast", [mask], ("to", (int)TensorProto.Types.DataType.Bool));
        string[] carried = counts is null ? after : [.. after.Zip(before, (next, last) => call.Add("Where", counts, next, last))];
        for (int state = 0; state < states.Length; state++)
        {
            writer.StateOutput(call.Layer, states[state], carried[state], [units]);
        }

        bool givesSteps = call.Layer.Argument<bool>("ReturnSequences");
        string y = mask is not null && call.Layer.Argument<bool>("ZeroOutputForMask") ? call.Add("Mul", carried[0], mask) : carried[0];
        return call.Give(givesSteps ? call.Add("Unsqueeze", y, axis) : y) with { Mask = givesSteps ? call.X.Mask : null };
    }

    private static string Index(LayerCall call, int step) => call.Add("Squeeze", call.Writer.Wholes(step), call.Writer.Wholes(0));

    private static string[] Cell(LayerCall call, string prefix, string x, string[] states)
    {
        ModelLayer layer = call.Layer;
        int units = layer.Argument<int>("Units");
        string h = states[0];
        string kernel = Loop(call, prefix + "kernel");
        string recurrent = Loop(call, prefix + "recurrent_kernel");
        string[]? bias = layer.Argument<bool>("UseBias") ? Bias(call, prefix + "bias") : null;
        string ofInput = call.Add("MatMul", x, kernel);
        ofInput = bias is null ? ofInput : call.Add("Add", ofInput, bias[0]);
        switch (layer.Kind)
        {
            case "SimpleRNN":
                return [Function(call, call.Add("Add", ofInput, call.Add("MatMul", h, recurrent)))];
            case "LSTM":
                string[] gates = Gates(call, call.Add("Add", ofInput, call.Add("MatMul", h, recurrent)), 4, units);
                string kept = call.Add("Mul", Inner(call, gates[1]), states[1]);
                string c = call.Add("Add", kept, call.Add("Mul", Inner(call, gates[0]), Function(call, gates[2])));
                return [call.Add("Mul", Inner(call, gates[3]), Function(call, c)), c];
            default:
                return [Gated(call, ofInput, h, recurrent, bias, units)];
        }
    }

    private static string Gated(LayerCall call, string ofInput, string h, string recurrent, string[]? bias, int units)
    {
        string[] x = Gates(call, ofInput, 3, units);
        string z;
        string candidate;
        if (call.Layer.Argument<bool>("ResetAfter"))
        {
            string ofState = call.Add("MatMul", h, recurrent);
            string[] u = Gates(call, bias is null ? ofState : call.Add("Add", ofState, bias[1]), 3, units);
            z = Inner(call, call.Add("Add", x[0], u[0]));
            string r = Inner(call, call.Add("Add", x[1], u[1]));
            candidate = call.Add("Add", x[2], call.Add("Mul", r, u[2]));
        }
        else
        {
            string[] kernels = call.Writer.AddMany("Split", [recurrent, call.Writer.Wholes(units, units, units)], 3, ("axis", 1));
            z = Inner(call, call.Add("Add", x[0], call.Add("MatMul", h, kernels[0])));
            string r = Inner(call, call.Add("Add", x[1], call.Add("MatMul", h, kernels[1])));
            candidate = call.Add("Add", x[2], call.Add("MatMul", call.Add("Mul", r, h), kernels[2]));
        }

        string next = Function(call, candidate);
        return call.Add("Add", next, call.Add("Mul", z, call.Add("Sub", h, next)));
    }

    // Operators have the same parameters in another order, so these are called otherwise.
    private static string Loop(LayerCall call, string part) =>
        call.Writer.Weight(call.Layer, part + "/loop", call.Writer.ShapeOf(call.Layer, part), call.Writer.Parameter(call.Layer, part));

    /// <summary>A row each.</summary>
    private static string[] Bias(LayerCall call, string part)
    {
        int[] shape = call.Writer.ShapeOf(call.Layer, part);
        float[] values = call.Writer.Parameter(call.Layer, part);
        return [.. values.Chunk(shape[^1]).Select((row, index) => call.Writer.Weight(call.Layer, $"{part}/loop{index}", [shape[^1]], row))];
    }

    private static string[] Gates(LayerCall call, string value, int count, int units) =>
        call.Writer.AddMany("Split", [value, call.Writer.Wholes([.. Enumerable.Repeat((long)units, count)])], count, ("axis", 1));

    private static string Function(LayerCall call, string x) => Applied(call, x, RecurrentExport.Function(call.Layer));

    private static string Inner(LayerCall call, string x) => Applied(call, x, RecurrentExport.Inner(call.Layer));

    private static string Applied(LayerCall call, string x, Activation activation) =>
        ActivationExport.Apply(call, new ExportValue(x, [call.Layer.Argument<int>("Units")]), activation, ActivationArguments.Defaults).Name;
}
