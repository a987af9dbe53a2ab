namespace Unroll.Shift;

/// <summary>The ends of a confidence interval.</summary>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end.</param>
public readonly record struct ConfidenceInterval(float Lower, float Upper)
{
    /// <summary>Whether a value lies inside, ends included.</summary>
    public bool Contains(float value) => value >= Lower && value <= Upper;
}
