using Unroll.Interop.Networks;

namespace Unroll.Interop.PyTorchFiles;

/// <summary>What PyTorch keeps of each layer, and how that becomes its parameters.</summary>
internal sealed class TorchRules(ModelBase model, TorchOrders orders)
{
    /// <summary>The modules that a layer with parameters is in PyTorch.</summary>
    /// <exception cref="NotSupportedException">PyTorch has no such layer, or where its weights belong is not known.</exception>
    public IEnumerable<TorchPart> Parts(ModelLayer layer)
    {
        TorchOrder order = orders.Before(layer);
        bool needsOrder = layer.Kind is "Dense" or "BatchNormalization" or "LayerNormalization" or "PRelu" or "RMSNormalization" || (TorchOrders.IsOfImages(layer) && layer.Inputs.Count == 1);
        if (needsOrder && order.UnknownSince is string since)
        {
            throw new NotSupportedException($"where PyTorch has the values behind {since}, which moves them, is not known; put the weights in with Assign");
        }

        bool isNamed = layer.Attribute.Name is not null;
        var part = new TorchPart(layer.Name, layer.Kind, isNamed);
        switch (layer.Kind)
        {
            case "Dense":
                Dense(layer, part, order);
                break;
            case "Conv1D" or "Conv2D" or "Conv1DTranspose" or "Conv2DTranspose":
                // [out, in/groups, k...], and [in, out, k...] transposed: the last axes here first there.
                Convolution(layer, part, "kernel");
                Bias(layer, part);
                break;
            case "DepthwiseConv1D" or "DepthwiseConv2D":
                Depthwise(layer, part, "kernel");
                Bias(layer, part);
                break;
            case "SeparableConv1D" or "SeparableConv2D":
                part = new TorchPart($"{layer.Name}/depthwise", layer.Kind, isNamed);
                Depthwise(layer, part, "depthwise_kernel");
                yield return part;
                part = new TorchPart($"{layer.Name}/pointwise", layer.Kind, isNamed);
                Convolution(layer, part, "pointwise_kernel");
                Bias(layer, part);
                break;
            case "BatchNormalization":
                Vectors(layer, part, order, ("gamma", "weight"), ("beta", "bias"), ("moving_mean", "running_mean"), ("moving_variance", "running_var"));
                break;
            case "LayerNormalization" or "GroupNormalization" or "RMSNormalization":
                Vectors(layer, part, order, ("gamma", "weight"), ("scale", "weight"), ("beta", "bias"));
                break;
            case "PRelu":
                Slopes(layer, part, order);
                break;
            case "Embedding" or "PositionEmbedding":
                Parameter table = Find(layer, "embeddings");
                part.Take(table, "weight", [.. table.Shape]);
                break;
            case "SimpleRNN" or "GRU" or "LSTM":
                Recurrent(layer, part);
                break;
            case "MultiHeadAttention":
                Attention(layer, part);
                break;
            default:
                throw new NotSupportedException("PyTorch has no such layer; put its values in with Assign");
        }

        yield return part;
    }

    private Parameter Find(ModelLayer layer, string name) => model.Parameters[$"{layer.Owner}/{name}"];

    private Parameter? Optional(ModelLayer layer, string name) =>
        model.Parameters.FirstOrDefault(parameter => parameter.Name == $"{layer.Owner}/{name}");

    private void Dense(ModelLayer layer, TorchPart part, TorchOrder order)
    {
        Parameter kernel = Find(layer, "kernel");
        int[] shape = [kernel.Shape[1], kernel.Shape[0]];
        int units = shape[0];
        part.Take(kernel, "weight", shape, values =>
        {
            float[] turned = AxisOrder.Move(values, shape, [1, 0]);
            return order.Places is null ? turned : [.. order.Places.SelectMany(row => turned.AsSpan(row * units, units).ToArray())];
        });
        Bias(layer, part);
    }

    private void Bias(ModelLayer layer, TorchPart part)
    {
        if (Optional(layer, "bias") is Parameter bias)
        {
            part.Take(bias, "bias", [.. bias.Shape]);
        }
    }

    private void Convolution(ModelLayer layer, TorchPart part, string name)
    {
        Parameter kernel = Find(layer, name);
        int[] shape = [kernel.Shape[^1], kernel.Shape[^2], .. kernel.Shape.SkipLast(2)];
        part.Take(kernel, "weight", shape, values => AxisOrder.Move(values, shape, [.. Enumerable.Range(2, shape.Length - 2), 1, 0]));
    }

    /// <summary>[in·multiplier, 1, k...] is [k..., in, multiplier].</summary>
    private void Depthwise(ModelLayer layer, TorchPart part, string name)
    {
        Parameter kernel = Find(layer, name);
        int[] window = [.. kernel.Shape.SkipLast(2)];
        int[] split = [kernel.Shape[^2], kernel.Shape[^1], .. window];
        part.Take(kernel, "weight", [split[0] * split[1], 1, .. window], values => AxisOrder.Move(values, split, [.. Enumerable.Range(2, window.Length), 0, 1]));
    }

    private void Vectors(ModelLayer layer, TorchPart part, TorchOrder order, params (string Here, string There)[] names)
    {
        foreach ((string here, string there) in names)
        {
            if (Optional(layer, here) is not Parameter parameter)
            {
                continue;
            }

            int[] shape = [.. parameter.Shape];
            bool isTurned = shape.Length > 1 && order.IsChannelsFirst && shape.Length == layer.Shape.Length;
            if (isTurned)
            {
                int[] turned = [shape[^1], .. shape[..^1]];
                part.Take(parameter, there, turned, values => AxisOrder.Move(values, turned, [.. Enumerable.Range(1, shape.Length - 1), 0]));
            }
            else
            {
                part.Take(parameter, there, shape, shape.Length == 1 ? order.Here : null);
            }
        }
    }

    private void Slopes(ModelLayer layer, TorchPart part, TorchOrder order)
    {
        Parameter slopes = Find(layer, "alpha");
        if (slopes.Shape.SkipLast(1).Any(static size => size > 1))
        {
            throw new NotSupportedException("PyTorch has one slope, or one for each channel; share the other axes");
        }

        part.Take(slopes, "weight", [slopes.Count], slopes.Count > 1 ? order.Here : null);
    }

    private void Recurrent(ModelLayer layer, TorchPart part)
    {
        if (layer.Kind == "GRU" && !layer.Argument<bool>("ResetAfter"))
        {
            throw new NotSupportedException("PyTorch's GRU resets after the product: use ResetAfter = true");
        }

        bool isBidirectional = layer.Argument<BidirectionalMerge>("Bidirectional") != BidirectionalMerge.None;
        foreach ((string here, string there) in isBidirectional ? [("forward/", ""), ("backward/", "_reverse")] : new[] { ("", "") })
        {
            Cell(layer, part, here, there);
        }
    }

    private void Cell(ModelLayer layer, TorchPart part, string here, string there)
    {
        // i, f, g, o are Keras's i, f, c, o; r, z, n are its r, z, h, of which z comes first.
        int[] gates = layer.Kind switch { "LSTM" => [0, 1, 2, 3], "GRU" => [1, 0, 2], _ => [0] };
        int units = layer.Argument<int>("Units");
        foreach ((string parameter, string tensor) in new[] { ("kernel", "weight_ih"), ("recurrent_kernel", "weight_hh") })
        {
            Parameter kernel = Find(layer, here + parameter);
            int inputs = kernel.Shape[0];
            part.Take(kernel, tensor + there, [gates.Length * units, inputs], values => AxisOrder.Move(Gates(values, gates, units * inputs), [gates.Length * units, inputs], [1, 0]));
        }

        if (Optional(layer, here + "bias") is Parameter bias)
        {
            string first = "bias_ih" + there;
            string second = "bias_hh" + there;
            part.Expected.Add(first, [gates.Length * units]);
            part.Expected.Add(second, [gates.Length * units]);
            part.Targets.Add((bias, Both));

            float[] Both(IReadOnlyDictionary<string, TorchTensor> tensors)
            {
                float[] ofInputs = Gates(tensors[first].Values, gates, units);
                float[] ofState = Gates(tensors[second].Values, gates, units);
                return layer.Kind == "GRU" ? [.. ofInputs, .. ofState] : [.. ofInputs.Zip(ofState, static (a, b) => a + b)];
            }
        }
    }

    private static float[] Gates(float[] values, int[] gates, int size) => [.. gates.SelectMany(gate => values.AsSpan(gate * size, size).ToArray())];

    /// <summary>[heads·size, in] is [in, heads, size].</summary>
    private void Attention(ModelLayer layer, TorchPart part)
    {
        foreach ((string here, string there) in new[] { ("query", "q_proj"), ("key", "k_proj"), ("value", "v_proj") })
        {
            Parameter kernel = Find(layer, here + "/kernel");
            int[] shape = [kernel.Shape[1] * kernel.Shape[2], kernel.Shape[0]];
            part.Take(kernel, there + "_weight", shape, values => AxisOrder.Move(values, shape, [1, 0]));
            if (Optional(layer, here + "/bias") is Parameter bias)
            {
                part.Take(bias, there + "_bias", [bias.Count]);
            }
        }

        Parameter output = Find(layer, "attention_output/kernel");
        int[] joined = [output.Shape[2], output.Shape[0] * output.Shape[1]];
        part.Take(output, "out_proj_weight", joined, values => AxisOrder.Move(values, joined, [1, 0]));
        if (Optional(layer, "attention_output/bias") is Parameter outputBias)
        {
            part.Take(outputBias, "out_proj_bias", [outputBias.Count]);
        }
    }
}
