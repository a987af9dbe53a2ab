namespace Unroll.Numerics.Tests.Networks;

/// <summary>Which rows a product before a recurrent layer is asked for: those that count, and short gaps between them.</summary>
public sealed class MaskedRowsTests
{
    private const int Width = 3;
    private const float Before = 7f;

    [Theory]
    [InlineData("1111", 1, "1111")]
    [InlineData("0000", 1, "0000")]
    [InlineData("0011", 1, "0011")]
    [InlineData("10000000000000000001", 1, "10000000000000000001")]
    [InlineData("1000000010000000001", 1, "1111111110000000001")]
    [InlineData("1100000000000000", 2, "1100000000000000")]
    [InlineData("0000000000110000000000000000", 4, "0000000000110000000000000000")]
    [InlineData("11110000111100001111000000000000", 4, "11111111111111111111000000000000")]
    public void OnlyLongGapsAreLeftOut(string mask, int samples, string computed)
    {
        const int Padding = 2;
        int steps = mask.Length / samples;
        int maskSample = steps + Padding;
        float[] masks = new float[samples * maskSample];
        for (int i = 0; i < mask.Length; i++)
        {
            masks[(i / steps * maskSample) + (i % steps)] = mask[i] - '0';
        }

        float[] y = new float[mask.Length * Width];
        Array.Fill(y, Before);
        char[] rowsAsked = [.. Enumerable.Repeat('0', mask.Length)];
        nuint row = 0, rows = 0;
        while (StepMask.NextRun(ref masks[0], ref y[0], (nuint)samples, steps, maskSample, Width, ref row, ref rows))
        {
            for (nuint i = row; i < row + rows; i++)
            {
                rowsAsked[i] = '1';
            }
        }

        Assert.Equal(computed, new string(rowsAsked));
        Assert.Equal(computed.Contains('1') ? computed : "1" + computed[1..], AddedUp(masks, samples, steps, maskSample));
        for (int i = 0; i < y.Length; i++)
        {
            Assert.Equal(computed[i / Width] == '1' ? Before : 0f, y[i]);
        }
    }

    // A sum has a row at least: it must be stored.
    private static string AddedUp(float[] masks, int samples, int steps, int maskSample)
    {
        char[] rowsAsked = [.. Enumerable.Repeat('0', samples * steps)];
        nuint row = 0, rows = 0;
        while (StepMask.NextSum(ref masks[0], (nuint)samples, steps, maskSample, ref row, ref rows))
        {
            rowsAsked.AsSpan((int)row, (int)rows).Fill('1');
        }

        return new string(rowsAsked);
    }

    [Fact]
    public void AStepIsLeftOutWhereNoSampleHasIt()
    {
        float[] masks = [1, 0, 0, 0, 0, 0, 0, 1];

        Assert.Equal(
            [false, true, true, false],
            Enumerable.Range(0, 4).Select(step => SampleRows.IsZero(ref masks[step], samples: 2, columns: 1, xSample: 4)));
    }
}
