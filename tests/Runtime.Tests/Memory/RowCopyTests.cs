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

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(17)]
    public void RefusesATargetThatIsTooShort(int length) =>
        Assert.ThrowsAny<ArgumentException>(() => RowCopy.Copy(new float[length], new float[length - 1]));
}
