namespace Unroll.Shift;

/// <summary>The outputs of a classifier as logarithms of class probabilities, a row a sample; one sigmoid output is two classes.</summary>
internal sealed class ClassProbabilities
{
    // The least probability that counts; a softmax in single precision has some that are 0.
    private const double Least = 1e-30;

    private const float Tolerance = 1e-2f;

    private ClassProbabilities(int width, int count)
    {
        IsSingle = width == 1;
        Classes = Math.Max(2, width);
        Count = count;
        Logarithms = new double[(long)Classes * count];
        Answers = new int[count];
    }

    /// <summary>The number of classes, at least 2.</summary>
    public int Classes { get; }

    /// <summary>Whether the classifier has one output, the probability of class 1.</summary>
    public bool IsSingle { get; }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>Count × Classes.</summary>
    public double[] Logarithms { get; }

    /// <summary>The most probable class of each sample.</summary>
    public int[] Answers { get; }

    public static ClassProbabilities Predict(ModelBase classifier, Dataset data, string argument)
    {
        ArgumentNullException.ThrowIfNull(data, argument);
        return From(classifier.Predict(data.Features), data.Count, argument);
    }

    /// <param name="outputs">count rows of probabilities.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="argument">The name of what they are from, for messages.</param>
    public static ClassProbabilities From(ReadOnlySpan<float> outputs, int count, string argument)
    {
        if (count == 0 || outputs.Length == 0 || outputs.Length % count != 0)
        {
            throw new ArgumentException($"Expected a row of probabilities for each of {count} samples, but got {outputs.Length} values.", argument);
        }

        int width = outputs.Length / count;
        var result = new ClassProbabilities(width, count);
        Span<float> row = new float[result.Classes];
        for (int sample = 0; sample < count; sample++)
        {
            ReadOnlySpan<float> output = outputs.Slice(sample * width, width);
            if (width == 1)
            {
                row[0] = 1 - output[0];
                row[1] = output[0];
            }
            else
            {
                output.CopyTo(row);
            }

            Check(row, sample, argument);
            result.Fill(sample, row);
        }

        return result;
    }

    private void Fill(int sample, ReadOnlySpan<float> row)
    {
        int answer = 0;
        for (int k = 0; k < Classes; k++)
        {
            Logarithms[(sample * Classes) + k] = Math.Log(Math.Max(row[k], Least));
            answer = row[k] > row[answer] ? k : answer;
        }

        Answers[sample] = answer;
    }

    private static void Check(ReadOnlySpan<float> row, int sample, string argument)
    {
        float sum = 0;
        foreach (float probability in row)
        {
            // Written so that a NaN fails.
            if (!(probability >= 0f && probability <= 1f + Tolerance))
            {
                throw new ArgumentException(
                    $"Expected probabilities, as from a softmax or a sigmoid, but an output for row {sample} is {probability}.", argument);
            }

            sum += probability;
        }

        if (!(MathF.Abs(sum - 1f) <= Tolerance))
        {
            throw new ArgumentException(
                $"Expected probabilities that sum to 1, as from a softmax, but the {row.Length} outputs for row {sample} sum to {sum}.", argument);
        }
    }
}
