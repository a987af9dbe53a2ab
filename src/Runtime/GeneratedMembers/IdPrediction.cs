using System.ComponentModel;
using Unroll.Checks;

namespace Unroll.Compiled;

/// <summary>A call of <c>Predict</c> with ids as whole numbers, of a network whose one input they are.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class IdPrediction
{
    [ThreadStatic]
    private static float[]? t_floats;

    /// <summary>The network's outputs for some samples.</summary>
    /// <exception cref="ArgumentException">The length is not a multiple of the input's, or a number is no id.</exception>
    public static float[] Run(Model model, ReadOnlySpan<int> ids)
    {
        ArgumentNullException.ThrowIfNull(model);
        long size = (long)RowsOf(model.Network, ids) * model.Network.OutputSize;
        if (size > Array.MaxLength)
        {
            throw new ArgumentException($"The outputs of these samples would be {size} values; pass fewer samples at a time.", nameof(ids));
        }

        float[] outputs = new float[size];
        Run(model, ids, outputs);
        return outputs;
    }

    /// <summary>The same into memory that is there.</summary>
    /// <exception cref="ArgumentException">A length is not what the other requires, or a number is no id.</exception>
    public static void Run(Model model, ReadOnlySpan<int> ids, Span<float> outputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        NetworkDescription network = model.Network;
        int rows = RowsOf(network, ids);
        if (outputs.Length != (long)rows * network.OutputSize)
        {
            throw new ArgumentException(
                $"{rows} samples need {(long)rows * network.OutputSize} outputs ({rows} × {network.OutputSize}), but there is room for {outputs.Length}.",
                nameof(outputs));
        }

        IdCheck.Require(network.Inputs[0], ids, nameof(ids));
        for (int first = 0; first < rows; first += network.BlockSamples)
        {
            int count = Math.Min(network.BlockSamples, rows - first);
            Span<float> floats = Floats(count * network.InputSize);
            for (int i = 0; i < floats.Length; i++)
            {
                floats[i] = ids[(first * network.InputSize) + i];
            }

            model.Predict(floats, outputs.Slice(first * network.OutputSize, count * network.OutputSize));
        }
    }

    private static int RowsOf(NetworkDescription network, ReadOnlySpan<int> ids)
    {
        (int rows, int rest) = Math.DivRem(ids.Length, network.InputSize);
        return rest == 0
            ? rows
            : throw new ArgumentException(
                $"{network.Name} takes samples of {network.InputSize} ids, but got {ids.Length} numbers, which is no multiple.", nameof(ids));
    }

    private static Span<float> Floats(int count)
    {
        if (t_floats is null || t_floats.Length < count)
        {
            t_floats = new float[count];
        }

        return t_floats.AsSpan(0, count);
    }
}
