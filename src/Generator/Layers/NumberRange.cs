namespace Unroll.Generator.Layers;

/// <summary>What a number in an attribute may be, as a rule and in words that follow "must be".</summary>
internal sealed class NumberRange
{
    public static readonly NumberRange Finite = new("a finite number", static _ => true);
    public static readonly NumberRange AboveZero = new("a finite number above 0", static value => value > 0f);
    public static readonly NumberRange AtLeastZero = new("a finite number of at least 0", static value => value >= 0f);
    public static readonly NumberRange BelowOne = new("in [0, 1)", static value => value is >= 0f and < 1f);
    public static readonly NumberRange ToOne = new("in [0, 1]", static value => value is >= 0f and <= 1f);

    public static readonly NumberRange ToOneEitherWay = new("in [-1, 1]", static value => value is >= -1f and <= 1f);
    public static readonly NumberRange AboveMinusOneToOne = new("in (-1, 1]", static value => value is > -1f and <= 1f);

    private readonly Func<float, bool> _rule;

    private NumberRange(string text, Func<float, bool> rule)
    {
        Text = text;
        _rule = rule;
    }

    public string Text { get; }

    /// <summary>The number of the range that one outside it can have meant: with a sign too many, or in percent where shares are asked for.</summary>
    public float? Meant(float value)
    {
        bool isShare = !Contains(2f);
        float meant = value < 0f ? -value : isShare ? value / 100f : float.NaN;
        return !Contains(value) && meant != 0f && Contains(meant) ? meant : null;
    }

    public bool Contains(float value) => !float.IsNaN(value) && !float.IsInfinity(value) && _rule(value);
}
