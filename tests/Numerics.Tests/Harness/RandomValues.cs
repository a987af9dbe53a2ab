namespace Unroll.Numerics.Tests.Harness;

/// <summary>Seeded numbers for inputs, targets and parameters.</summary>
internal static class RandomValues
{
    public static float[] Uniform(int count, int seed, float scale = 1f)
    {
        var random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = ((2f * random.NextSingle()) - 1f) * scale;
        }

        return values;
    }

    /// <summary>Integer class labels.</summary>
    public static float[] Labels(int count, int classes, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(classes))];
    }

    /// <summary>Probability vectors.</summary>
    public static float[] Distributions(int count, int classes, int seed)
    {
        float[] values = [.. Uniform(count * classes, seed).Select(static value => value + 1f)];
        for (int row = 0; row < count; row++)
        {
            Span<float> distribution = values.AsSpan(row * classes, classes);
            float sum = 0f;
            foreach (float value in distribution)
            {
                sum += value;
            }

            for (int i = 0; i < classes; i++)
            {
                distribution[i] /= sum;
            }
        }

        return values;
    }

    /// <summary>
    /// Gives every parameter values that keep sums of products near 1, biases included: initial biases of zero would hide their mistakes.
    /// </summary>
    public static void AssignTo(Model model, int seed, float gain = 1f)
    {
        foreach (Parameter parameter in model.Parameters)
        {
            float scale = parameter.Shape.Count == 2 ? gain * MathF.Sqrt(3f / parameter.Shape[0]) : 0.5f * gain;
            float[] values = Uniform(parameter.Count, seed++, scale);
            parameter.Assign(parameter.Name.EndsWith("variance", StringComparison.Ordinal) ? [.. values.Select(static value => 0.1f + (4 * value * value))] : values);
        }
    }
}
