using Unroll.Tests;

namespace Unroll.Shift.Tests.Covariate;

/// <summary>MNIST under another light and moved.</summary>
public sealed class MovedImageTests
{
    private const int Side = 28;
    private const int Images = 400;

    public MovedImageTests() => SlowTests.Require("A classifier learns to tell images apart");

    [Fact]
    public void OtherImagesOfTheSameKindAreNotShifted()
    {
        (Dataset first, Dataset second) = Halves();

        Assert.False(CovariateShift.Test(first, second, seed: 1).IsShifted);
    }

    [Fact]
    public void BrightnessIsFound() => AssertFound(static (pixel, _) => 0.7f * pixel);

    [Fact]
    public void TranslationIsFound() => AssertFound(static (_, left) => left);

    // At random: the images of one writer stand together in the file, and writers differ.
    private static (Dataset First, Dataset Second) Halves()
    {
        (Dataset first, Dataset second) = RealData.MnistImages().Training.Split(0.5f, seed: 1);
        return (first.Take(Images), second.Take(Images));
    }

    private static void AssertFound(Func<float, float, float> change)
    {
        (Dataset first, Dataset later) = Halves();
        float[] pixels = new float[later.Features.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = change(later.Features[i], i % Side == 0 ? 0f : later.Features[i - 1]);
        }

        CovariateShiftReport report = CovariateShift.Test(first, new Dataset(pixels, later.Targets.ToArray(), Images), seed: 1);

        Assert.True(report.IsShifted);
        Assert.InRange(report.JointPValue, 0f, 0.01f);
    }
}
