using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Losses;

/// <summary>Evaluates a loss over rows: all at once where it has a way to, else vector by vector.</summary>
internal static class LossEvaluation
{
    /// <summary>Fills the losses of the samples and, where they are wanted, the gradients.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="rows">The vectors of the samples, one sample after another.</param>
    /// <param name="vectors">Vectors a sample.</param>
    /// <param name="fromLogits">Whether the loss takes the logits, and gives their gradient.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(Loss loss, in LossRows rows, int vectors, bool fromLogits)
    {
        if (!rows.RowWeights.IsEmpty)
        {
            RunWeighted(loss, rows, vectors, fromLogits);
            return;
        }

        if (vectors == 1 && (fromLogits ? loss.EvaluateLogitRows(rows) : loss.EvaluateRows(rows)))
        {
            return;
        }

        RunEach(loss, rows, vectors, fromLogits);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunEach(Loss loss, in LossRows rows, int vectors, bool fromLogits)
    {
        int columns = rows.Outputs.Columns;
        for (int sample = 0; sample < rows.Losses.Length; sample++)
        {
            float weight = rows.Weights[sample];
            float sum = 0f;
            for (int row = sample * vectors; row < (sample + 1) * vectors; row++)
            {
                Span<float> slope = rows.HasGradients ? rows.Gradient(row) : [];
                sum += Evaluate(loss, rows, row, slope, fromLogits);
                Scale(slope, columns, weight * rows.Share / vectors);
            }

            rows.Losses[sample] = weight * sum / vectors;
        }
    }

    // What weighs nothing is not looked at.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunWeighted(Loss loss, in LossRows rows, int vectors, bool fromLogits)
    {
        for (int sample = 0; sample < rows.Losses.Length; sample++)
        {
            float sum = 0f;
            for (int row = sample * vectors; row < (sample + 1) * vectors; row++)
            {
                Span<float> slope = rows.HasGradients ? rows.Gradient(row) : [];
                float weight = rows.RowWeights[row];
                if (weight == 0f)
                {
                    slope.Clear();
                    continue;
                }

                sum += weight * Evaluate(loss, rows, row, slope, fromLogits);
                Scale(slope, rows.Outputs.Columns, weight * rows.Share / vectors);
            }

            rows.Losses[sample] = sum / vectors;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Evaluate(Loss loss, in LossRows rows, int row, Span<float> slope, bool fromLogits)
    {
        Span<float> logical = slope.IsEmpty ? slope : slope[..rows.Outputs.Columns];
        return fromLogits
            ? loss.EvaluateLogits(rows.Logits(row), rows.Outputs.Output(row), rows.Outputs.Target(row), logical)
            : loss.Evaluate(rows.Outputs.Output(row), rows.Outputs.Target(row), logical);
    }

    // The mean over all vectors of the batch, not over their weights, as sum_over_batch_size of Keras; padding gets no gradient.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(Span<float> slope, int columns, float share)
    {
        foreach (ref Vector<float> values in MemoryMarshal.Cast<float, Vector<float>>(slope))
        {
            values *= share;
        }

        if (!slope.IsEmpty)
        {
            slope[columns..].Clear();
        }
    }
}
