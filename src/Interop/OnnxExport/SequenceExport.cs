using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxExport;

/// <summary>Layers of sequences, whose masks are not written.</summary>
internal static class SequenceExport
{
    public static ExportValue Embedding(LayerCall call)
    {
        string ids = call.Add("Cast", [call.Plain], ("to", (int)OnnxFiles.Protobuf.TensorProto.Types.DataType.Int64));
        return call.Give(call.Add("Gather", call.Writer.Weight(call.Layer, "embeddings"), ids));
    }

    /// <summary>The table for every sample; the input gives no more than the number of them.</summary>
    public static ExportValue PositionEmbedding(LayerCall call)
    {
        int[] shape = call.Layer.Shape;
        float[] rows = call.Writer.Parameter(call.Layer, "embeddings")[..(shape[0] * shape[1])];
        return call.Give(call.Add("Expand", call.Writer.Weight(call.Layer, "embeddings", shape, rows), call.Add("Shape", call.Plain)));
    }

    /// <summary>One cell in one direction: kernels are turned, and gates put in ONNX's order.</summary>
    public static ExportValue Recurrent(LayerCall call)
    {
        ModelLayer layer = call.Layer;
        bool isSimple = layer.Kind == "SimpleRNN";
        Activation inner = isSimple ? Activation.Sigmoid : layer.Argument<Activation>("RecurrentActivation");
        if (layer.Argument<BidirectionalMerge>("Bidirectional") != BidirectionalMerge.None
            || layer.Argument<Activation>("Activation") != Activation.Tanh || inner != Activation.Sigmoid)
        {
            throw new NotSupportedException("recurrences of two directions, or of other functions than tanh and sigmoid, are not written yet");
        }

        if (call.Inputs.Count > 1)
        {
            throw new NotSupportedException("recurrences that begin with a given state are not written yet");
        }

        // Keras has i, f, c, o and ONNX i, o, f, c; z, r, h in both.
        int[] gates = layer.Kind switch { "LSTM" => [0, 3, 1, 2], "GRU" => [0, 1, 2], _ => [0] };
        int units = layer.Argument<int>("Units");
        bool resetsAfter = layer.Kind == "GRU" && layer.Argument<bool>("ResetAfter");
        List<string> inputs =
        [
            call.Writer.Transposed(call.Plain, [1, 0, 2]),
            call.Writer.Weight(layer, "kernel", [1, gates.Length * units, call.InputShape[1]], Turned(call, "kernel", gates, units)),
            call.Writer.Weight(layer, "recurrent_kernel", [1, gates.Length * units, units], Turned(call, "recurrent_kernel", gates, units)),
        ];
        if (layer.Argument<bool>("UseBias"))
        {
            float[] bias = call.Writer.Parameter(layer, "bias");
            float[] first = [.. gates.SelectMany(gate => bias[(gate * units)..((gate + 1) * units)])];
            float[] second = resetsAfter ? bias[(gates.Length * units)..] : new float[first.Length];
            inputs.Add(call.Writer.Weight(layer, "bias", [1, 2 * gates.Length * units], [.. first, .. second]));
        }

        var attributes = new List<(string, object)> { ("hidden_size", units), ("direction", layer.Argument<bool>("GoBackwards") ? "reverse" : "forward") };
        if (layer.Kind == "GRU")
        {
            attributes.Add(("linear_before_reset", resetsAfter ? 1 : 0));
        }

        // Steps, directions, samples, units; going backwards, the first to come out is the last step.
        string steps = call.Add("Squeeze", call.Add(isSimple ? "RNN" : layer.Kind, [.. inputs], [.. attributes]), call.Writer.Wholes(1));
        bool isReversed = layer.Argument<bool>("GoBackwards");
        if (layer.Argument<bool>("ReturnSequences"))
        {
            string inOrder = isReversed
                ? call.Add("Slice", steps, call.Writer.Wholes(-1), call.Writer.Wholes(long.MinValue + 1), call.Writer.Wholes(0), call.Writer.Wholes(-1))
                : steps;
            return call.Give(call.Writer.Transposed(inOrder, [1, 0, 2]));
        }

        long last = isReversed ? 0 : call.InputShape[0] - 1;
        string only = call.Add("Slice", steps, call.Writer.Wholes(last), call.Writer.Wholes(last + 1), call.Writer.Wholes(0));
        return call.Give(call.Add("Squeeze", only, call.Writer.Wholes(0)));
    }

    private static float[] Turned(LayerCall call, string part, int[] gates, int units)
    {
        int[] shape = call.Writer.ShapeOf(call.Layer, part);
        float[] turned = AxisOrder.Move(call.Writer.Parameter(call.Layer, part), shape, [1, 0]);
        return [.. gates.SelectMany(gate => turned[(gate * units * shape[0])..((gate + 1) * units * shape[0])])];
    }
}
