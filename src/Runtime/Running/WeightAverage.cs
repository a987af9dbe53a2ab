using System.Numerics;
using System.Runtime.InteropServices;
using Unroll.Optimizers;

namespace Unroll.Running;

/// <summary>The exponential moving average of parameters: <c>a = m·a + (1 − m)·w</c>, and <c>a = w</c> at the first step.</summary>
internal static class WeightAverage
{
    /// <summary>Takes one run of parameters into its average, after their update; every so many steps they become the average.</summary>
    public static void Update(Optimizer optimizer, OptimizerState state, int first, Span<float> parameters)
    {
        Span<float> average = state.Average.Span.Slice(first, parameters.Length);
        float momentum = state.Iteration == 1 ? 0f : optimizer.EmaMomentum;
        Update(average, parameters, momentum, (float)(1 - OptimizerArgument.AsWritten(momentum)));
        if (state.Iteration % optimizer.EmaOverwriteFrequency == 0)
        {
            average.CopyTo(parameters);
        }
    }

    /// <summary>Makes the average the model's parameters.</summary>
    public static void Take(NetworkInstance instance)
    {
        instance.OptimizerState!.Average.Span.CopyTo(instance.ParameterArena.Span);
        foreach (Parameter parameter in instance.Parameters)
        {
            parameter.ClearPadding();
        }

        instance.NoteChange();
    }

    private static void Update(Span<float> average, ReadOnlySpan<float> parameters, float momentum, float gain)
    {
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(average);
        ReadOnlySpan<Vector<float>> updates = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = (vectors[i] * momentum) + (updates[i] * gain);
        }

        for (int i = vectors.Length * Vector<float>.Count; i < average.Length; i++)
        {
            average[i] = (average[i] * momentum) + (parameters[i] * gain);
        }
    }
}
