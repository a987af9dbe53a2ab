using Unroll.Generator.Model;

namespace Unroll.Generator.Tests.Shapes;

public class ShapeTests
{
    [Fact]
    public void CountsValuesAndRows()
    {
        Shape shape = Shape.Of(5, 7, 3);
        Assert.Equal((3, 3, 105L, 35L), (shape.Rank, shape.Last, shape.Size, shape.Rows));
        Assert.Equal((0, 1, 1L, 1L), (Shape.Of().Rank, Shape.Of().Last, Shape.Of().Size, Shape.Of().Rows));
    }

    [Fact]
    public void ASizeBeyondLongStaysAtItsLimit()
    {
        Assert.Equal((long)int.MaxValue * int.MaxValue, Shape.Of(int.MaxValue, int.MaxValue).Size);
        Assert.Equal(long.MaxValue, Shape.Of(int.MaxValue, int.MaxValue, int.MaxValue).Size);
    }

    [Theory]
    [InlineData(new[] { 1 }, 16)]
    [InlineData(new[] { 16 }, 16)]
    [InlineData(new[] { 5, 7, 17 }, 5 * 7 * 32)]
    [InlineData(new int[0], 16)]
    public void PadsRows(int[] sizes, long expected) => Assert.Equal(expected, Shape.Of(sizes).PaddedSize);

    [Fact]
    public void APaddedSizeBeyondLongStaysAtItsLimit()
    {
        Assert.Equal(1L << 31, Shape.Of(int.MaxValue).PaddedSize);
        Assert.Equal(long.MaxValue, Shape.Of(int.MaxValue, int.MaxValue, int.MaxValue).PaddedSize);
        Assert.Equal(long.MaxValue, Shape.Of(int.MaxValue, int.MaxValue, 3).PaddedSize);
    }

    [Fact]
    public void ReadsAsInMessages() => Assert.Equal("28 × 28", Shape.Of(28, 28).ToString());
}
