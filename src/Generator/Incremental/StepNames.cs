namespace Unroll.Generator.Incremental;

/// <summary>Names of the pipeline's steps, by which tests see what an edit makes run again.</summary>
internal static class StepNames
{
    public const string Model = nameof(Model);
    public const string Pretrained = nameof(Pretrained);
    public const string Rejected = nameof(Rejected);
    public const string HintCollisions = nameof(HintCollisions);
    public const string Compiled = nameof(Compiled);
    public const string Linked = nameof(Linked);
}
