namespace Unroll.Generator.Model;

/// <summary>The properties of <c>[Budget]</c>.</summary>
internal static class BudgetLimits
{
    public const string Parameters = "MaxParameters";
    public const string MultiplyAdds = "MaxMultiplyAdds";
    public const string Bytes = "MaxBytes";
}
