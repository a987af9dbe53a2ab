namespace Unroll.Tests;

/// <summary>Tests that take minutes run where they are asked for: with <c>UNROLL_SLOW_TESTS=1</c>, as <c>.ci/run</c> does.</summary>
internal static class SlowTests
{
    private const string Switch = "UNROLL_SLOW_TESTS";

    /// <summary>Whether the switch is set.</summary>
    public static readonly bool AreAskedFor = Environment.GetEnvironmentVariable(Switch) == "1";

    /// <summary>Every third of some cases; all where slow tests are asked for.</summary>
    public static TheoryData<T> Some<T>(TheoryData<T> cases) => [.. cases.Where(static (_, index) => AreAskedFor || index % 3 == 0)];

    /// <summary>The same of cases that are compiled together.</summary>
    public static T[] SomeOf<T>(T[] cases) => [.. cases.Where(static (_, index) => AreAskedFor || index % 3 == 0)];

    /// <summary>Skips the test unless slow ones are asked for.</summary>
    /// <param name="reason">What takes long: <c>It builds packages and programs</c>.</param>
    public static void Require(string reason) => Assert.SkipUnless(AreAskedFor, $"{reason}, which takes minutes: {Switch}=1 runs it.");
}
