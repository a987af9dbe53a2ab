namespace Unroll;

/// <summary>Cuts steps off a signal: <c>[steps, channels]</c> becomes <c>[steps − left − right, channels]</c>.</summary>
/// <remarks>
/// No parameters. Definition and defaults: <c>keras.layers.Cropping1D</c> (Keras 3), whose <c>cropping</c> is (left, right).
/// </remarks>
/// <example>
/// <code>
/// [Cropping1D(0, 2)]     // 128 × 4 → 126 × 4
/// </code>
/// </example>
public sealed class Cropping1DAttribute : LayerAttribute
{
    /// <summary>Cuts steps off.</summary>
    /// <param name="left">Steps before the first that stays, at least 0. Default: 1.</param>
    /// <param name="right">Steps after the last that stays, at least 0. Default: 1.</param>
    public Cropping1DAttribute(int left = 1, int right = 1)
    {
        Left = left;
        Right = right;
    }

    /// <summary>Steps before the first that stays.</summary>
    public int Left { get; }

    /// <summary>Steps after the last that stays.</summary>
    public int Right { get; }
}
