namespace Unroll.Generator.Model;

/// <summary>What a parameter is brought back to after every update; the limits are those of the norms, 0 where the constraint has none.</summary>
internal sealed record ConstraintSpec(Constraint Kind, float Min = 0f, float Max = 0f, float Rate = 0f)
{
    public static readonly ConstraintSpec None = new(Constraint.None);
}
