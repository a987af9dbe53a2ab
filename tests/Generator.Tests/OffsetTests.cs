using Unroll.Generator.Model;

namespace Unroll.Generator.Tests;

public sealed class OffsetTests
{
    private static readonly Offset s_row = Offset.Variable("row");
    private static readonly Offset s_u = Offset.Variable("u", step: 8);

    [Fact]
    public void PrintsItsTermsInTheOrderTheyCameAndTheConstantLast() =>
        Assert.Equal("row * 32 + u + 5", ((s_row * 32) + 5 + s_u).ToString());

    [Fact]
    public void FoldsConstants() => Assert.Equal("37", (((Offset)4 * 8) + 5).ToString());

    [Fact]
    public void FoldsTermsOfOneVariable() => Assert.Equal("row * 5 + 3", ((s_row * 2) + 1 + (s_row * 3) + 2).ToString());

    [Fact]
    public void LeavesOutWhatCancels() => Assert.Equal("u", (s_row + s_u - s_row).ToString());

    [Fact]
    public void PrintsNegativeCoefficientsAsDifferences() => Assert.Equal("u - row * 2 - 3", (s_u - (s_row * 2) - 3).ToString());

    [Fact]
    public void TimesZeroIsZero() => Assert.True(((s_row + 5) * 0).IsZero);

    [Fact]
    public void EqualsWhatFoldsToTheSame() => Assert.Equal((s_row * 4) + 8, (s_row + 2) * 4);

    [Theory]
    [InlineData(37, 16, "5")]
    [InlineData(32, 16, "0")]
    public void AConstantLeavesItsRemainder(int constant, int divisor, string expected) =>
        Assert.Equal(expected, ((Offset)constant).Modulo(divisor).ToString());

    [Fact]
    public void MultiplesOfTheDivisorLeaveNothing() => Assert.Equal("3", ((s_row * 32) + (s_u * 2) + 35).Modulo(16).ToString());

    [Fact]
    public void AVariableThatMayLeaveSomethingIsDividedWhenTheCodeRuns() => Assert.Equal("u % 16", s_u.Modulo(16).ToString());

    [Fact]
    public void ASumIsDividedAsAWhole() => Assert.Equal("(row + u + 1) % 16 * 3", ((s_row + s_u + 17).Modulo(16) * 3).ToString());

    [Fact]
    public void VariablesGetOtherNames() =>
        Assert.Equal("(nuint)row * 4 + u + 3", ((s_row * 4) + s_u + 3).Renamed(static name => name == "row" ? "(nuint)row" : name).ToString());

    [Fact]
    public void TooLargeAnOffsetIsRefused() => Assert.Throws<OverflowException>(() => (s_row * int.MaxValue) * 2);
}
