using Unroll.Generator.Shapes;

namespace Unroll.Generator.Tests.Shapes;

public class ShapeTests
{
    [Fact]
    public void ComparesByValue()
    {
        Assert.Equal(Shape.Of(28, 28), Shape.Of(28, 28));
        Assert.NotEqual(Shape.Of(28, 28), Shape.Of(784));
        Assert.Equal(Shape.Of(28, 28).GetHashCode(), Shape.Of(28, 28).GetHashCode());
    }

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

    [Fact]
    public void ReadsAsInMessages() => Assert.Equal("28 × 28", Shape.Of(28, 28).ToString());
}
