using Unroll.Compiled;
using Unroll.Parameters;

namespace Unroll.Runtime.Tests.Parameters;

public sealed class ParameterLayoutTests
{
    /// <summary>Where [input, unit] of a kernel of 37 inputs lies, by the definition of each arrangement.</summary>
    [Theory]
    [InlineData(ParameterArrangement.Vectors, 3)]
    [InlineData(ParameterArrangement.Panels, 19)]
    [InlineData(ParameterArrangement.TransposedPanels, 3)]
    public void PutsEveryValueInItsPlace(ParameterArrangement arrangement, int units)
    {
        const int Inputs = 37;
        const int Offset = 5;
        var layout = new ParameterLayout(new("dense1/kernel", [Inputs, units], Offset, arrangement, IsTrained: true, Initializer.Zeros, 0f, 0f)
        {
            Columns = arrangement == ParameterArrangement.TransposedPanels ? Inputs : units,
        });
        float[] values = [.. Enumerable.Range(1, Inputs * units).Select(static i => (float)i)];
        float[] arena = new float[Offset + (48 * 48)];

        layout.Pack(values, arena);

        for (int input = 0; input < Inputs; input++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                int place = arrangement switch
                {
                    ParameterArrangement.Panels => (unit / 16 * Inputs * 16) + (input * 16) + (unit % 16),
                    ParameterArrangement.TransposedPanels => (input / 16 * units * 16) + (unit * 16) + (input % 16),
                    _ => (input * 16) + unit,
                };
                Assert.Equal(values[(input * units) + unit], arena[Offset + place]);
            }
        }

        Assert.Equal(values.Length, arena.Count(static value => value != 0f));
        Assert.Equal(values, layout.Unpack(arena));
    }

    [Fact]
    public void ClearsThePaddingOfTransposedPanels()
    {
        const int Inputs = 17;
        const int Units = 2;
        var layout = new ParameterLayout(
            new("dense1/kernel", [Inputs, Units], 0, ParameterArrangement.TransposedPanels, IsTrained: true, Initializer.Zeros, 0f, 0f) { Columns = Inputs });
        float[] arena = [.. Enumerable.Repeat(1f, 2 * Units * 16)];

        layout.ClearPadding(arena);

        Assert.Equal(Inputs * Units, arena.Count(static value => value != 0f));
        Assert.All(layout.Unpack(arena), static value => Assert.Equal(1f, value));
    }
}
