namespace Unroll.CodeFixes.Tests;

/// <summary>UNR0001, UNR0005.</summary>
public class PartialFixTests
{
    [Theory]
    [InlineData("public sealed class Net;", "public sealed partial class Net;")]
    [InlineData("class Net;", "partial class Net;")]
    [InlineData("// A comment.\nclass Net { }", "// A comment.\npartial class Net { }")]
    public Task MakesTheNetworkPartial(string before, string after) =>
        Fixing.Gives(new PartialFix(), "UNR0001", $"[Network(2)]\n[Dense(1)]\n{before}", $"[Network(2)]\n[Dense(1)]\n{after}");

    [Fact]
    public Task MakesEveryTypeAroundItPartial() => Fixing.Gives(
        new PartialFix(),
        "UNR0005",
        """
        public static class Outer
        {
            /// <summary>Documented.</summary>
            class Inner
            {
                [Network(2)]
                [Dense(1)]
                internal class Net;
            }
        }
        """,
        """
        public static partial class Outer
        {
            /// <summary>Documented.</summary>
            partial class Inner
            {
                [Network(2)]
                [Dense(1)]
                internal partial class Net;
            }
        }
        """);
}
