namespace Unroll;

/// <summary>How a recurrent layer that reads its sequence in both directions joins the two.</summary>
public enum BidirectionalMerge
{
    /// <summary>One direction only.</summary>
    None,

    /// <summary>The outputs of the forward direction, then those of the backward one: twice the units.</summary>
    Concat,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their product.</summary>
    Mul,

    /// <summary>Their mean.</summary>
    Ave,
}
