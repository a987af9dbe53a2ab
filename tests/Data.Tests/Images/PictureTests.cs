namespace Unroll.Data.Tests;

public class PictureTests
{
    [Fact]
    public void ShowsBrightPixelsDense()
    {
        string[] lines = Picture.ToText([0f, 0.5f, 1f, 0.25f, 0f, 0.75f], rows: 2, columns: 3).Split(Environment.NewLine);

        Assert.Equal(["  ==@@", "::  ##", ""], lines);
    }

    [Fact]
    public void ShowsAnyRange()
    {
        Assert.Equal("  @@" + Environment.NewLine, Picture.ToText([-7f, 300f], 1, 2));
        Assert.Equal("    " + Environment.NewLine, Picture.ToText([4f, 4f], 1, 2));
        Assert.Equal("??  @@" + Environment.NewLine, Picture.ToText([float.NaN, 0f, 1f], 1, 3));
        Assert.Equal("  @@@@" + Environment.NewLine, Picture.ToText([0f, 1f, float.PositiveInfinity], 1, 3));
        Assert.Equal("  @@" + Environment.NewLine, Picture.ToText([-float.MaxValue, float.MaxValue], 1, 2));
    }

    [Fact]
    public void ShowsAnImageOfAFile()
    {
        var writer = new StringWriter();
        IdxImages images = Idx.ReadImages(new MemoryStream(IdxBytes.Images(3, 1, 2)));

        images.Show(1, writer);

        Assert.Equal("  @@" + Environment.NewLine, writer.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Show(3, writer));
    }

    [Fact]
    public void RefusesAnotherNumberOfPixels() => Assert.Throws<ArgumentException>(() => Picture.ToText(new float[5], 2, 3));
}
