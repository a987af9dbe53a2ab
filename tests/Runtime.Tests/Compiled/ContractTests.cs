using Unroll.Compiled;

namespace Unroll.Runtime.Tests.Compiled;

public sealed class ContractTests
{
    [Fact]
    public void CodeGeneratedForThisRuntimeIsTaken() => Assert.NotNull(Contract.Require(Contract.Version, typeof(ContractTests)));

    [Theory]
    [InlineData(-1, "an older")]
    [InlineData(1, "a newer")]
    public void OtherCodeIsRefusedByNameAndNumber(int difference, string age)
    {
        string message = Assert.Throws<InvalidOperationException>(
            () => Contract.Require(Contract.Version + difference, typeof(ContractTests))).Message;

        Assert.StartsWith($"{typeof(ContractTests).FullName} was compiled by {age} version of Unroll than the one this program runs on", message, StringComparison.Ordinal);
        Assert.Contains($"(contract {Contract.Version + difference} there, contract {Contract.Version} in Unroll ", message, StringComparison.Ordinal);
        Assert.Contains("Build Runtime.Tests again with Unroll ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void CodeFromBeforeThereWasAContractIsRefused()
    {
        string message = Assert.Throws<InvalidOperationException>(static () => new OldNetwork()).Message;

        Assert.StartsWith($"{typeof(OldNetwork).FullName} was compiled by an older version of Unroll", message, StringComparison.Ordinal);
        Assert.Contains("(no contract there,", message, StringComparison.Ordinal);
    }

    private sealed class OldNetwork() : Model(network: null!, seed: 1);
}
