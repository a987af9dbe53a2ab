namespace Unroll.Tests;

/// <summary>Tests that try much at random try more of it where <c>UNROLL_CAMPAIGN=1</c> asks for what docs/reliability.md states.</summary>
internal static class Campaign
{
    /// <summary>Whether it is asked for.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("UNROLL_CAMPAIGN") == "1";

    /// <summary>How often to try: a quarter of what is usual where slow tests are not asked for.</summary>
    public static int Rounds(int usually, int campaign) => IsOn ? campaign : SlowTests.AreAskedFor ? usually : usually / 4;
}
