using Unroll.Compiled;

namespace Unroll;

/// <summary>Runs samples through a network block by block.</summary>
internal static class Predictor
{
    /// <summary>Runs samples whose inputs lie one after another in each row, as do their outputs.</summary>
    public static void Run(Inference inference, PredictingThread thread, ReadOnlySpan<float> inputs, Span<float> outputs, int rows)
    {
        NetworkDescription network = inference.Network;
        Arena scratch = thread.Scratch(network.InferenceBlockFloats);
        for (int first = 0; first < rows; first += network.BlockSamples)
        {
            int count = Math.Min(network.BlockSamples, rows - first);
            RunBlock(inference, inputs.Slice(first * network.InputSize, count * network.InputSize), scratch, count);
            Span<float> part = outputs.Slice(first * network.OutputSize, count * network.OutputSize);
            for (int output = 0; output < network.Outputs.Count; output++)
            {
                OutputDescription description = network.Outputs[output];
                CopyOutputs(description, scratch.Span[description.InferenceOffset..], part[description.RowOffset..], network.OutputSize, count);
            }
        }
    }

    /// <summary>Runs at most a block of samples; outputs and logits stay in <paramref name="block"/>.</summary>
    public static void RunBlock(Inference inference, ReadOnlySpan<float> inputs, Arena block, int count)
    {
        NetworkDescription network = inference.Network;
        for (int input = 0; input < network.Inputs.Count && network.Inputs.Count > 1; input++)
        {
            CopyInput(network.Inputs[input], inputs[network.Inputs[input].RowOffset..], network.InputSize, block, count);
        }

        inference.Run(inputs, block, count);
    }

    /// <summary>Runs a single sample.</summary>
    public static void RunSingle(Inference inference, PredictingThread thread, ReadOnlySpan<float> input, Span<float> output)
    {
        NetworkDescription network = inference.Network;
        Arena scratch = thread.Scratch(network.SampleFloats);
        for (int i = 0; i < network.Inputs.Count && network.Inputs.Count > 1; i++)
        {
            InputDescription description = network.Inputs[i];
            input.Slice(description.RowOffset, description.Size).CopyTo(scratch.Span[description.SampleOffset..]);
        }

        inference.Run(input, scratch);
        for (int i = 0; i < network.Outputs.Count; i++)
        {
            OutputDescription description = network.Outputs[i];
            CopyOutputs(description, scratch.Span[description.SampleOffset..], output[description.RowOffset..], network.OutputSize, 1);
        }
    }

    /// <summary>Copies the rows of one input into its places in a block.</summary>
    public static void CopyInput(InputDescription input, ReadOnlySpan<float> rows, int rowStride, Arena block, int count)
    {
        Span<float> places = block.Span[input.InferenceOffset..];
        for (int sample = 0; sample < count; sample++)
        {
            RowCopy.Copy(rows.Slice(sample * rowStride, input.Size), places.Slice(sample * input.InferenceStride, input.Size));
        }
    }

    /// <summary>Copies one output of a block into rows.</summary>
    public static void CopyOutputs(OutputDescription output, ReadOnlySpan<float> block, Span<float> rows, int rowStride, int count)
    {
        int columns = output.Columns;
        int stride = output.Stride;
        for (int sample = 0, from = 0; sample < count; sample++)
        {
            Span<float> row = rows.Slice(sample * rowStride, output.Size);
            for (int to = 0; to < row.Length; from += stride, to += columns)
            {
                RowCopy.Copy(block.Slice(from, columns), row[to..]);
            }
        }
    }
}
