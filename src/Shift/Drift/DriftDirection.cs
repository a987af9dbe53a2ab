namespace Unroll.Shift;

/// <summary>How a variable drifts.</summary>
public enum DriftDirection
{
    /// <summary>Its values grow.</summary>
    Up,

    /// <summary>Its values fall.</summary>
    Down,

    /// <summary>Its values are farther from the middle, or more often at the ends.</summary>
    Wider,

    /// <summary>Its values are nearer to the middle.</summary>
    Narrower,
}
