using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unroll.Numerics;

namespace Unroll.Compiled;

/// <summary>What each vector of an output weighs, where those of a sample may differ: by masks, or by weights of their own.</summary>
internal static class StepWeights
{
    /// <summary>The mask of each vector from that of each step.</summary>
    /// <param name="mask">The first sample's.</param>
    /// <param name="output">The output that has it.</param>
    /// <param name="vectors">Receives 1 or 0 for each vector of some samples.</param>
    [MethodImpl(FirstCall.Optimized)]
    public static void ReadMask(ref float mask, OutputDescription output, Span<float> vectors)
    {
        int steps = output.Shape[0];
        int ofStep = output.Vectors / steps;
        for (int sample = 0; sample * output.Vectors < vectors.Length; sample++)
        {
            ReadOnlySpan<float> own = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref mask, sample * output.MaskStride), steps);
            for (int step = 0; step < steps; step++)
            {
                vectors.Slice((sample * output.Vectors) + (step * ofStep), ofStep).Fill(own[step]);
            }
        }
    }

    /// <summary>weight · mask · what the data set says.</summary>
    /// <param name="rowWeights">Receives as many numbers as there are vectors.</param>
    /// <param name="weights">One a sample, or one a vector.</param>
    /// <param name="mask">One a vector; empty where all count.</param>
    /// <param name="weight">What a vector that counts weighs besides.</param>
    /// <param name="vectors">Vectors a sample.</param>
    [MethodImpl(FirstCall.Optimized)]
    public static void Fill(Span<float> rowWeights, ReadOnlySpan<float> weights, ReadOnlySpan<float> mask, float weight, int vectors)
    {
        int ofSample = weights.Length == rowWeights.Length ? 1 : vectors;
        for (int row = 0; row < rowWeights.Length; row++)
        {
            rowWeights[row] = weights[row / ofSample] * (mask.IsEmpty ? weight : mask[row] * weight);
        }
    }
}
