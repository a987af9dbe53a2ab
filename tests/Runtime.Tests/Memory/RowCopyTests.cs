using Unroll.Memory;

namespace Unroll.Runtime.Tests.Memory;

public sealed class RowCopyTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 40)];

    public static TheoryData<int> Sizes => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void CopiesEveryValueAndNoMore(int length)
    {
        float[] from = [.. Enumerable.Range(1, length).Select(static i => (float)i)];
        float[] to = [.. Enumerable.Repeat(-1f, length + 20)];

        RowCopy.Copy(from, to.AsSpan(10));

        Assert.Equal([.. Enumerable.Repeat(-1f, 10), .. from, .. Enumerable.Repeat(-1f, 10)], to);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void GathersAPartOfEachRow(int size)
    {
        const int Offset = 1;
        int rowSize = size + 2, stride = size + 3;
        float[] rows = [.. Enumerable.Range(0, 5 * rowSize).Select(static i => (float)i)];
        int[] order = [4, 0, 2, 2];
        float[] places = [.. Enumerable.Repeat(-1f, order.Length * stride)];

        RowCopy.Gather(rows, rowSize, order, Offset, size, places, stride);

        Assert.Equal(
            order.SelectMany(row => rows.Skip((row * rowSize) + Offset).Take(size).Concat(Enumerable.Repeat(-1f, stride - size))),
            places);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void RefusesARowThatIsNotThere(int size)
    {
        float[] rows = new float[(3 * size) + 3];
        float[] places = new float[size];

        RowCopy.Gather(rows, size + 1, [2], offset: 1, size, places, size);
        Assert.ThrowsAny<ArgumentException>(() => RowCopy.Gather(rows, size + 1, [3], offset: 1, size, places, size));
        Assert.ThrowsAny<ArgumentException>(() => RowCopy.Gather(rows, size + 1, [-1], offset: 1, size, places, size));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public void RefusesPlacesThatAreTooShort(int size) =>
        Assert.ThrowsAny<ArgumentException>(() => RowCopy.Gather(new float[3 * size], size, [0, 1], offset: 0, size, new float[(2 * size) - 1], size));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(17)]
    public void RefusesATargetThatIsTooShort(int length) =>
        Assert.ThrowsAny<ArgumentException>(() => RowCopy.Copy(new float[length], new float[length - 1]));
}
