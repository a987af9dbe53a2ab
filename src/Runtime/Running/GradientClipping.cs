using Unroll.Compiled;
using Unroll.Numerics;
using Unroll.Parameters;

namespace Unroll.Running;

/// <summary>The clippings that need a whole norm before the first update: one a parameter, or one over all of them.</summary>
// Padding is zero and adds nothing to a norm.
internal sealed class GradientClipping(NetworkDescription network)
{
    private readonly (int First, int Length)[] _runs = ParameterRuns.OfTrained(network);

    /// <summary>The factor for all gradients; under <see cref="Optimizer.ClipNorm"/> each parameter's are scaled in place and it is 1.</summary>
    public float Apply(Optimizer optimizer, Span<float> gradients)
    {
        if (optimizer.GlobalClipNorm is not null)
        {
            return optimizer.ScaleForNorm(Sums.OfSquares(gradients));
        }

        if (optimizer.ClipNorm is not null)
        {
            foreach ((int first, int length) in _runs)
            {
                Span<float> gradient = gradients.Slice(first, length);
                Scale(gradient, optimizer.ScaleForNorm(Sums.OfSquares(gradient)));
            }
        }

        return 1f;
    }

    private static void Scale(Span<float> values, float factor)
    {
        if (factor == 1f)
        {
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}
