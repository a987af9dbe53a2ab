using System.Runtime.CompilerServices;
using Unroll.Checks;
using Unroll.Compiled;
using Unroll.Memory;
using Unroll.Numerics;

namespace Unroll.Running;

/// <summary>Runs samples through a network block by block.</summary>
/// <remarks>
/// Compiled at once as it stays: on a machine with one processor the JIT compiler's second look comes only when nobody calls for a while,
/// and what copies the numbers takes longer without it than a small network.
/// </remarks>
internal static class Predictor
{
    /// <summary>Runs samples, in memory of the calling thread.</summary>
    /// <exception cref="ArgumentException">A length is not what the other requires, the spans overlap, or a value is no id.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Predict(this Inference inference, PredictingThread thread, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        // A single sample is asked for where every nanosecond counts.
        if (inputs.Length == inference.InputSize && outputs.Length == inference.OutputSize && !inputs.Overlaps(outputs))
        {
            if (inference.HasIds)
            {
                IdCheck.Require(inference.Network, inputs, nameof(inputs));
            }

            if (inference.SampleOutput < 0)
            {
                RunSingle(inference, thread, inputs, outputs);
                return;
            }

            Arena scratch = thread.Scratch(inference.SampleFloats);
            inference.Run(inputs, scratch);
            RowCopy.Copy(scratch.Span.Slice(inference.SampleOutput, outputs.Length), outputs);
            return;
        }

        RunRows(inference, thread, inputs, outputs);
    }

    [MethodImpl(FirstCall.Optimized)]
    private static void RunRows(Inference inference, PredictingThread thread, ReadOnlySpan<float> inputs, Span<float> outputs) =>
        Run(inference, thread, inputs, outputs, inference.RequireRows(inputs, outputs));

    /// <summary>Runs samples whose inputs lie one after another in each row, as do their outputs.</summary>
    [MethodImpl(FirstCall.Optimized)]
    public static void Run(Inference inference, PredictingThread thread, ReadOnlySpan<float> inputs, Span<float> outputs, int rows)
    {
        NetworkDescription network = inference.Network;
        Arena scratch = thread.Scratch(network.InferenceBlockFloats);
        for (int first = 0; first < rows; first += network.BlockSamples)
        {
            int count = Math.Min(network.BlockSamples, rows - first);
            RunBlock(inference, inputs.Slice(first * network.InputSize, count * network.InputSize), scratch, count);
            Span<float> part = outputs.Slice(first * network.OutputSize, count * network.OutputSize);
            foreach (OutputDescription output in inference.Outputs)
            {
                CopyOutputs(output, scratch.Span[output.InferenceOffset..], part[output.RowOffset..], network.OutputSize, count);
            }
        }
    }

    /// <summary>Runs at most a block of samples; outputs and logits stay in <paramref name="block"/>.</summary>
    [MethodImpl(FirstCall.Optimized)]
    public static void RunBlock(Inference inference, ReadOnlySpan<float> inputs, Arena block, int count)
    {
        NetworkDescription network = inference.Network;
        foreach (InputDescription input in inference.CopiedInputs)
        {
            CopyInput(input, inputs[input.RowOffset..], network.InputSize, block, count);
        }

        inference.Run(inputs, block, count);
    }

    // Apart, so that what most networks need stays short.
    [MethodImpl(MethodImplOptions.NoInlining | FirstCall.Optimized)]
    private static void RunSingle(Inference inference, PredictingThread thread, ReadOnlySpan<float> input, Span<float> output)
    {
        Arena scratch = thread.Scratch(inference.SampleFloats);
        CopySample(inference, input, scratch);
        inference.Run(input, scratch);
        CopySampleOutputs(inference, scratch, output);
    }

    /// <summary>Copies the inputs of a single sample into its places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopySample(Inference inference, ReadOnlySpan<float> input, Arena scratch)
    {
        foreach (InputDescription copied in inference.CopiedInputs)
        {
            input.Slice(copied.RowOffset, copied.Size).CopyTo(scratch.Span[copied.SampleOffset..]);
        }
    }

    /// <summary>Copies the outputs of a single sample out of their places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopySampleOutputs(Inference inference, Arena scratch, Span<float> output)
    {
        foreach (OutputDescription copied in inference.Outputs)
        {
            // Without a call where there is one vector, as nearly always.
            if (copied.Vectors == 1)
            {
                RowCopy.Copy(scratch.Span.Slice(copied.SampleOffset, copied.Size), output.Slice(copied.RowOffset, copied.Size));
            }
            else
            {
                CopyOutputs(copied, scratch.Span[copied.SampleOffset..], output[copied.RowOffset..], inference.Network.OutputSize, 1);
            }
        }
    }

    /// <summary>Copies the rows of one input into its places in a block.</summary>
    [MethodImpl(FirstCall.Optimized)]
    public static void CopyInput(InputDescription input, ReadOnlySpan<float> rows, int rowStride, Arena block, int count)
    {
        Span<float> places = block.Span[input.InferenceOffset..];
        for (int sample = 0; sample < count; sample++)
        {
            RowCopy.Copy(rows.Slice(sample * rowStride, input.Size), places.Slice(sample * input.InferenceStride, input.Size));
        }
    }

    /// <summary>Copies one output of a block into rows.</summary>
    [MethodImpl(FirstCall.Optimized)]
    public static void CopyOutputs(OutputDescription output, ReadOnlySpan<float> block, Span<float> rows, int rowStride, int count)
    {
        int columns = output.Columns;
        int stride = output.InferenceStride;
        if (stride == columns && rowStride == columns)
        {
            block[..(count * columns)].CopyTo(rows);
            return;
        }

        if (output.Vectors == 1)
        {
            for (int sample = 0; sample < count; sample++)
            {
                RowCopy.Copy(block.Slice(sample * stride, columns), rows.Slice(sample * rowStride, columns));
            }

            return;
        }

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
