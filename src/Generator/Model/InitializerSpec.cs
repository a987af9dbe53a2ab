namespace Unroll.Generator.Model;

/// <summary>How a parameter starts: the initializer and its arguments, at their defaults where it takes none.</summary>
internal sealed record InitializerSpec(
    Initializer Kind,
    float Scale,
    float Value = 0f,
    FanMode Mode = FanMode.FanIn,
    InitializerDistribution Distribution = InitializerDistribution.TruncatedNormal)
{
    /// <summary>The part that starts at 1 whatever the rest does; −1 where none does.</summary>
    public int PartOfOnes { get; init; } = -1;

    /// <summary>Whether it takes a scale: a deviation, a limit or a factor.</summary>
    public bool HasScale => TakesScale(Kind);

    /// <summary>An initializer with default arguments.</summary>
    public static implicit operator InitializerSpec(Initializer kind) => new(kind, DefaultScale(kind));

    public static bool TakesScale(Initializer kind) => kind is
        Initializer.RandomNormal or Initializer.RandomUniform or Initializer.TruncatedNormal or
        Initializer.Orthogonal or Initializer.Identity or Initializer.VarianceScaling;

    public static float DefaultScale(Initializer kind) =>
        kind is Initializer.RandomNormal or Initializer.RandomUniform or Initializer.TruncatedNormal ? 0.05f : 1f;
}
