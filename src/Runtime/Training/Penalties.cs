using Unroll.Compiled;

namespace Unroll;

/// <summary>The value of the penalties: Σ over the parameters of l1·Σ|w| + l2·Σw², the definition of <c>keras.regularizers.L1L2</c>.</summary>
internal sealed class Penalties
{
    private readonly List<(int First, int Length, double L1, double L2)> _terms = [];

    public Penalties(NetworkDescription network)
    {
        foreach (ParameterDescription parameter in network.Parameters)
        {
            if (parameter.L1 != 0f || parameter.L2 != 0f)
            {
                (int first, int length) = ParameterRuns.Of(parameter);
                _terms.Add((first, length, parameter.L1, parameter.L2));
            }
        }
    }

    // Padding is zero and adds nothing.
    public float Value(ReadOnlySpan<float> parameters)
    {
        double total = 0;
        foreach ((int first, int length, double l1, double l2) in _terms)
        {
            double magnitude = 0;
            double square = 0;
            foreach (float weight in parameters.Slice(first, length))
            {
                magnitude += Math.Abs((double)weight);
                square += (double)weight * weight;
            }

            total += (l1 * magnitude) + (l2 * square);
        }

        return (float)total;
    }
}
