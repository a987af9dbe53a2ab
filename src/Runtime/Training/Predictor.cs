using Unroll.Compiled;

namespace Unroll;

/// <summary>Runs samples through a network block by block, in memory that each thread keeps for itself.</summary>
internal static class Predictor
{
    [ThreadStatic]
    private static Arena? t_scratch;

    public static void Run(Model model, ReadOnlySpan<float> inputs, Span<float> outputs, int rows)
    {
        NetworkDescription network = model.Network;
        Arena scratch = Scratch(network.InferenceBlockFloats);
        for (int first = 0; first < rows; first += network.BlockSamples)
        {
            int count = Math.Min(network.BlockSamples, rows - first);
            model.Infer(inputs.Slice(first * network.InputSize, count * network.InputSize), scratch, count);
            CopyOutputs(
                network, scratch.Span[network.InferenceOutput..], outputs.Slice(first * network.OutputSize, count * network.OutputSize));
        }
    }

    /// <summary>Runs a single sample.</summary>
    public static void RunSingle(Model model, ReadOnlySpan<float> input, Span<float> output)
    {
        NetworkDescription network = model.Network;
        Arena scratch = Scratch(network.SampleFloats);
        model.Infer(input, scratch);
        CopyOutputs(network, scratch.Span[network.SampleOutput..], output);
    }

    private static Arena Scratch(int floats)
    {
        Arena? scratch = t_scratch;
        if (scratch is null || scratch.Length < floats)
        {
            t_scratch = scratch = new Arena(floats);
        }

        return scratch;
    }

    private static void CopyOutputs(NetworkDescription network, ReadOnlySpan<float> block, Span<float> outputs)
    {
        int columns = network.OutputColumns;
        int stride = network.OutputStride;
        for (int from = 0, to = 0; to < outputs.Length; from += stride, to += columns)
        {
            RowCopy.Copy(block.Slice(from, columns), outputs[to..]);
        }
    }
}
