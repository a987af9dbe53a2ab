namespace Unroll.Generator.Model;

/// <summary>The most a network may cost; <see cref="long.MaxValue"/> where nothing is said.</summary>
internal sealed record BudgetSpec(long Parameters, long MultiplyAdds, long Bytes)
{
    public static readonly BudgetSpec None = new(long.MaxValue, long.MaxValue, long.MaxValue);
}
