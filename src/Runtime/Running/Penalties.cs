using Unroll.Compiled;
using Unroll.Numerics;
using Unroll.Parameters;

namespace Unroll.Running;

/// <summary>The value of the penalties: Σ over the parameters of l1·Σ|w| + l2·Σw², the definition of <c>keras.regularizers.L1L2</c>.</summary>
internal sealed class Penalties
{
    private readonly ParameterDescription[] _penalized;

    public Penalties(NetworkDescription network)
    {
        _penalized = [.. network.Parameters.Where(static parameter => parameter.L1 != 0f || parameter.L2 != 0f)];
    }

    // Padding is zero and adds nothing.
    public float Value(ReadOnlySpan<float> parameters)
    {
        double total = 0;
        foreach (ParameterDescription parameter in _penalized)
        {
            (int first, int length) = ParameterRuns.Of(parameter);
            ReadOnlySpan<float> weights = parameters.Slice(first, length);
            total += parameter.L1 == 0f ? 0 : parameter.L1 * Sums.OfMagnitudes(weights);
            total += parameter.L2 == 0f ? 0 : parameter.L2 * Sums.OfSquares(weights);
        }

        return (float)total;
    }
}
