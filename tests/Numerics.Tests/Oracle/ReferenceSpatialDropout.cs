namespace Unroll.Numerics.Tests.Oracle;

/// <summary>Channels of samples dropped as a whole.</summary>
internal sealed class ReferenceSpatialDropout(int pixels, int channels, float rate, NoiseNumbers numbers) : ReferenceLayer
{
    public override double[] Forward(double[] x) => Masked(x);

    public override double[] Backward(double[] dy) => Masked(dy);

    // One number for each channel of a sample, as if it were a value of one vector.
    private double[] Masked(double[] values) => [.. values.Select((value, i) =>
        numbers.Keeps((i / (pixels * channels) * channels) + (i % channels), rate) ? value / (1 - (double)rate) : 0)];
}
