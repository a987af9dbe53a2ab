namespace Unroll;

/// <summary>How the scores of several classes become one number.</summary>
public enum ClassAverage
{
    /// <summary>The mean over the classes.</summary>
    Macro,

    /// <summary>One score from the counts of all classes together.</summary>
    Micro,

    /// <summary>The mean over the classes, each weighted by how often it occurs.</summary>
    Weighted,
}
