using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Tests.Planning;

public sealed class PanelLayoutTests
{
    private const int Rows = 5;

    [Fact]
    public void EveryElementHasItsOwnPlaceInPanels()
    {
        // Panel by panel, row by row, as the product reads them.
        int next = 0;
        for (int panel = 0; panel < 3; panel++)
        {
            for (int row = 0; row < Rows; row++)
            {
                for (int column = 0; column < PanelLayout.Width; column++)
                {
                    Assert.Equal(next++, PanelLayout.OffsetOf(row, (panel * PanelLayout.Width) + column, Rows));
                }
            }
        }
    }

    [Fact]
    public void AColumnThatBeginsAPanelNeedsNoRemainder() =>
        Assert.Equal("u * 5 + i * 16", PanelLayout.OffsetOf(Offset.Variable("i"), Offset.Variable("u", step: 32), Rows).ToString());

    [Fact]
    public void AColumnInsideAPanelIsTakenApartWhenTheCodeRuns() =>
        Assert.Equal("u * 5 - u % 16 * 4", PanelLayout.OffsetOf(0, Offset.Variable("u", step: 8), Rows).ToString());
}
