using Unroll.Compiled;
using Unroll.Numerics;
using Unroll.Parameters;

namespace Unroll.Running;

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
            ReadOnlySpan<float> weights = parameters.Slice(first, length);
            total += l1 == 0 ? 0 : l1 * Sums.OfMagnitudes(weights);
            total += l2 == 0 ? 0 : l2 * Sums.OfSquares(weights);
        }

        return (float)total;
    }
}
