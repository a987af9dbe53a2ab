using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Kernels and biases of recurrent operators, whose gates stand in another order than a layer's.</summary>
internal static class RecurrentParameters
{
    public static void Add(OnnxCall call, NetworkNode node, int[] gates, int units, int inputs, int directions)
    {
        float[]? bias = call.Has(3) ? call.Required(3, "B") is { Floats: { } values } && values.Length == directions * 2 * gates.Length * units
            ? values
            : throw OnnxCall.Refusal("B", "two biases for each gate and unit are expected", "export the model again") : null;
        for (int direction = 0; direction < directions; direction++)
        {
            string prefix = directions == 1 ? "" : direction == 0 ? "forward/" : "backward/";
            node.Parameters.Add(Kernel(call.Constant(1)!, $"{prefix}kernel", direction, gates, units, inputs));
            node.Parameters.Add(Kernel(call.Constant(2)!, $"{prefix}recurrent_kernel", direction, gates, units, units));
            if (bias is null)
            {
                continue;
            }

            int count = gates.Length * units;
            float[] first = InOrder(bias.AsSpan(direction * 2 * count, count), gates);
            float[] second = InOrder(bias.AsSpan((direction * 2 * count) + count, count), gates);
            bool resetsAfter = call.Operator == "GRU" && call.Int("linear_before_reset", 0) != 0;
            node.Parameters.Add(resetsAfter
                ? new ImportedTensor($"{prefix}bias", [2, count], [.. first, .. second])
                : new ImportedTensor($"{prefix}bias", [count], [.. first.Zip(second, static (a, b) => a + b)]));
        }
    }

    private static ImportedTensor Kernel(OnnxTensor tensor, string name, int direction, int[] gates, int units, int inputs)
    {
        int size = gates.Length * units * inputs;
        float[] ordered = InOrder(tensor.Floats.AsSpan(direction * size, size), gates);
        return new ImportedTensor(name, [inputs, gates.Length * units], AxisOrder.Move(ordered, [gates.Length * units, inputs], [1, 0]));
    }

    private static float[] InOrder(ReadOnlySpan<float> values, int[] gates)
    {
        int size = values.Length / gates.Length;
        var ordered = new float[values.Length];
        for (int gate = 0; gate < gates.Length; gate++)
        {
            values.Slice(gates[gate] * size, size).CopyTo(ordered.AsSpan(gate * size));
        }

        return ordered;
    }
}
