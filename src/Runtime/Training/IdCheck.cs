using System.Globalization;
using System.Runtime.CompilerServices;
using Unroll.Compiled;

namespace Unroll;

/// <summary>Holds the inputs that embeddings read against their ids, before any kernel runs.</summary>
internal static class IdCheck
{
    /// <exception cref="ArgumentException">A value is no id; <paramref name="argument"/> is to blame.</exception>
    public static void Require(NetworkDescription network, ReadOnlySpan<float> rows, string argument)
    {
        if (network.HasIds && FindFault(network, rows) is string fault)
        {
            throw new ArgumentException($"{fault}.", argument);
        }
    }

    /// <summary>The same of the rows of one input alone.</summary>
    /// <exception cref="ArgumentException">A value is no id.</exception>
    public static void Require(InputDescription input, ReadOnlySpan<float> rows)
    {
        if (input.Ids is not null && FindFault(input, rows, input.Size, first: 0) is string fault)
        {
            throw new ArgumentException($"{fault}.", input.Name);
        }
    }

    /// <exception cref="ArgumentException">A number is no id.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Require(InputDescription input, ReadOnlySpan<int> ids, string argument)
    {
        int count = input.Ids!.Count;
        for (int i = 0; i < ids.Length; i++)
        {
            if ((uint)ids[i] >= (uint)count)
            {
                throw new ArgumentException($"{Fault(input, i / input.Size, i % input.Size, ids[i].ToString(CultureInfo.InvariantCulture))}.", argument);
            }
        }
    }

    /// <summary>Names the first value that is no id; null where there is none.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">The values of all inputs, sample by sample.</param>
    public static string? FindFault(NetworkDescription network, ReadOnlySpan<float> rows)
    {
        for (int i = 0; i < network.Inputs.Count; i++)
        {
            InputDescription input = network.Inputs[i];
            if (input.Ids is not null && FindFault(input, rows, network.InputSize, input.RowOffset) is string fault)
            {
                return fault;
            }
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static string? FindFault(InputDescription input, ReadOnlySpan<float> rows, int stride, int first)
    {
        float count = input.Ids!.Count;
        for (int row = 0, start = first; start < rows.Length; row++, start += stride)
        {
            ReadOnlySpan<float> sample = rows.Slice(start, input.Size);
            for (int position = 0; position < sample.Length; position++)
            {
                float id = sample[position];
                if (!(id >= 0f && id < count && id == (int)id))
                {
                    return Fault(input, row, position, id.ToString("R", CultureInfo.InvariantCulture));
                }
            }
        }

        return null;
    }

    private static string Fault(InputDescription input, int row, int position, string value) =>
        $"Input {input.Name} holds ids of layer {input.Ids!.Layer}, whole numbers in 0..{input.Ids.Count - 1}, but position {position} of row {row}, "
        + $"both counted from 0, is {value}";
}
