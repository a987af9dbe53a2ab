using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>Which pixels are the middle, by counting.</summary>
public sealed class CenterCropTests
{
    private static readonly NetworkLibrary s_library = new("""
        [Network(4, 7, 1)] [CenterCrop(1, 2)] public sealed partial class Odd;
        [Network(4, 7, 1)] [CenterCrop(2, 3)] public sealed partial class Even;
        [Network(4, 7, 1)] [CenterCrop(4, 7)] public sealed partial class Whole;
        """);

    // Row by row, 7 a row: margins of 3 and 5 have their larger half behind.
    [Theory]
    [InlineData("Odd", new[] { 9f, 10f })]
    [InlineData("Even", new[] { 9f, 10f, 11f, 16f, 17f, 18f })]
    public void KeepsTheMiddle(string network, float[] expected)
    {
        float[] image = [.. Enumerable.Range(0, 28).Select(static i => (float)i)];

        Assert.Equal(expected, s_library.Create(network, Machines.Widest).Predict(image));
        Assert.Equal(image, s_library.Create("Whole", Machines.Widest).Predict(image));
    }
}
