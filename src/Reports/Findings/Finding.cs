namespace Unroll;

/// <summary>Something that is wrong with a training, in words: what it is, what shows it, what to try.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Title">The same in a sentence that names numbers or layers.</param>
/// <param name="Evidence">The measurements that show it.</param>
/// <param name="Advice">What to try, the most likely first.</param>
public sealed record Finding(FindingKind Kind, string Title, string Evidence, string Advice)
{
    /// <summary>Title, evidence and advice, a line each.</summary>
    public override string ToString() => $"{Title}\n  {Evidence}\n  Try: {Advice}";
}
