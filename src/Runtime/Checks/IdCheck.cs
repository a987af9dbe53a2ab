using System.Globalization;
using System.Runtime.CompilerServices;
using Unroll.Compiled;

namespace Unroll.Checks;

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

    /// <summary>The same of one step of a stream.</summary>
    /// <exception cref="ArgumentException">A value is no id; <paramref name="argument"/> is to blame.</exception>
    public static void RequireStep(InputDescription input, ReadOnlySpan<float> step, string argument)
    {
        int position = FindFault(input.Ids!.Count, step);
        if (position >= 0)
        {
            throw new ArgumentException($"{Fault(input, $"position {position} of the step, counted from 0,", Text(step[position]))}.", argument);
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
                throw new ArgumentException($"{Fault(input, Position(i / input.Size, i % input.Size), ids[i].ToString(CultureInfo.InvariantCulture))}.", argument);
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

    private static string? FindFault(InputDescription input, ReadOnlySpan<float> rows, int stride, int first)
    {
        for (int row = 0, start = first; start < rows.Length; row++, start += stride)
        {
            ReadOnlySpan<float> sample = rows.Slice(start, input.Size);
            int position = FindFault(input.Ids!.Count, sample);
            if (position >= 0)
            {
                return Fault(input, Position(row, position), Text(sample[position]));
            }
        }

        return null;
    }

    // The position of the first value that is no id; −1 where there is none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FindFault(float count, ReadOnlySpan<float> values)
    {
        for (int position = 0; position < values.Length; position++)
        {
            float id = values[position];
            if (!(id >= 0f && id < count && id == (int)id))
            {
                return position;
            }
        }

        return -1;
    }

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Position(int row, int position) => $"position {position} of row {row}, both counted from 0,";

    private static string Fault(InputDescription input, string position, string value) =>
        $"Input {input.Name} holds ids of layer {input.Ids!.Layer}, whole numbers in 0..{input.Ids.Count - 1}, but {position} is {value}";
}
