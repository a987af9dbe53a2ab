using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Kernels and biases of recurrent operators, whose gates stand in another order than a layer's.</summary>
internal static class RecurrentParameters
{
    /// <param name="call">The operator.</param>
    /// <param name="node">The layer.</param>
    /// <param name="gates">For each gate of the layer the operator's.</param>
    /// <param name="units">Of the state.</param>
    /// <param name="inputs">Of a step.</param>
    /// <param name="functions">Of each direction.</param>
    public static void Add(OnnxCall call, NetworkNode node, int[] gates, int units, int inputs, CellFunctions[] functions)
    {
        int directions = functions.Length;
        int count = gates.Length * units;
        float[]? bias = call.Has(3) ? call.Required(3, "B") is { Floats: { } values } && values.Length == directions * 2 * count
            ? values
            : throw OnnxCall.Refusal("B", "two biases for each gate and unit are expected", "export the model again") : null;
        if (bias is null && functions.Any(own => gates.Select((_, gate) => own.Of(gate).Offset).Any(static offset => offset != 0)))
        {
            bias = new float[directions * 2 * count];
        }

        node.Attribute!.Set("UseBias", bias is not null);
        node.KernelName = call.Node.Input[1];
        for (int direction = 0; direction < directions; direction++)
        {
            CellFunctions own = functions[direction];
            string prefix = directions == 1 ? "" : direction == 0 ? "forward/" : "backward/";
            node.Parameters.Add(Kernel(call.Constant(1)!, $"{prefix}kernel", direction, gates, own, units, inputs));
            node.Parameters.Add(Kernel(call.Constant(2)!, $"{prefix}recurrent_kernel", direction, gates, own, units, units));
            if (bias is null)
            {
                continue;
            }

            float[] first = InOrder(bias.AsSpan(direction * 2 * count, count), gates, own);
            float[] second = InOrder(bias.AsSpan((direction * 2 * count) + count, count), gates, own);
            for (int i = 0; i < count; i++)
            {
                first[i] += own.Of(i / units).Offset;
            }

            bool resetsAfter = call.Operator == "GRU" && call.Int("linear_before_reset", 0) != 0;
            node.Parameters.Add(resetsAfter
                ? new ImportedTensor($"{prefix}bias", [2, count], [.. first, .. second])
                : new ImportedTensor($"{prefix}bias", [count], [.. first.Zip(second, static (a, b) => a + b)]));
        }
    }

    private static ImportedTensor Kernel(OnnxTensor tensor, string name, int direction, int[] gates, CellFunctions functions, int units, int inputs)
    {
        int size = gates.Length * units * inputs;
        float[] ordered = InOrder(tensor.Floats.AsSpan(direction * size, size), gates, functions);
        return new ImportedTensor(name, [inputs, gates.Length * units], AxisOrder.Move(ordered, [gates.Length * units, inputs], [1, 0]));
    }

    private static float[] InOrder(ReadOnlySpan<float> values, int[] gates, CellFunctions functions)
    {
        int size = values.Length / gates.Length;
        var ordered = new float[values.Length];
        for (int gate = 0; gate < gates.Length; gate++)
        {
            Span<float> own = ordered.AsSpan(gate * size, size);
            values.Slice(gates[gate] * size, size).CopyTo(own);
            foreach (ref float value in own)
            {
                value *= functions.Of(gate).Scale;
            }
        }

        return ordered;
    }
}
