namespace Unroll.Shift;

/// <summary>How well a classifier tells target from source on rows it did not learn from.</summary>
/// <param name="AreaUnderCurve">The probability that it finds a row of the target more like the target than a row of the source: ½ where they are
/// the same, 1 where they are apart.</param>
/// <param name="PValue">That of an area at least as large where they are the same (Mann and Whitney).</param>
public sealed record ClassifierTwoSampleTest(float AreaUnderCurve, float PValue);
