namespace Unroll.Losses;

/// <summary>The targets of the hinge losses.</summary>
internal static class HingeTarget
{
    /// <summary>Whether a vector holds only 0 and 1, which then stand for −1 and 1; any other values stand for themselves.</summary>
    public static bool IsBinary(ReadOnlySpan<float> target)
    {
        foreach (float y in target)
        {
            if (y is not (0f or 1f))
            {
                return false;
            }
        }

        return true;
    }
}
