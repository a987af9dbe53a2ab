using System.Globalization;

namespace Unroll.Numerics.Tests.Harness;

/// <summary>The environment's word on what random tests draw: <c>UNROLL_SEED=any</c> for others than usual, <c>UNROLL_SEED=1234</c> for those that a failure named.</summary>
internal static class SeedVariable
{
    /// <summary>Null where it says nothing.</summary>
    public static int? Value { get; } = Environment.GetEnvironmentVariable("UNROLL_SEED") switch
    {
        "any" => Random.Shared.Next(1_000_000_000),
        string text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => number,
        _ => null,
    };
}
