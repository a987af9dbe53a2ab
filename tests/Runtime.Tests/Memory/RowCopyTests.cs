namespace Unroll.Runtime.Tests.Memory;

public sealed class RowCopyTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void CopiesEveryValueAndNoMore(int length)
    {
        float[] from = [.. Enumerable.Range(1, length).Select(static i => (float)i)];
        float[] to = [.. Enumerable.Repeat(-1f, length + 20)];

        RowCopy.Copy(from, to.AsSpan(10));

        Assert.Equal([.. Enumerable.Repeat(-1f, 10), .. from, .. Enumerable.Repeat(-1f, 10)], to);
    }

    [Fact]
    public void GathersAPartOfEachRow()
    {
        float[] rows = [.. Enumerable.Range(0, 30).Select(static i => (float)i)];
        float[] places = [.. Enumerable.Repeat(-1f, 9)];

        RowCopy.Gather(rows, rowSize: 5, order: [4, 0, 2], offset: 1, size: 2, places, stride: 3);

        Assert.Equal([21f, 22f, -1f, 1f, 2f, -1f, 11f, 12f, -1f], places);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(17)]
    public void RefusesATargetThatIsTooShort(int length) =>
        Assert.ThrowsAny<ArgumentException>(() => RowCopy.Copy(new float[length], new float[length - 1]));
}
