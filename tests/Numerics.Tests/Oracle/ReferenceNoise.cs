namespace Unroll.Numerics.Tests.Oracle;

/// <summary>The random numbers of one layer in one step, by the index of an element among those of the batch.</summary>
internal sealed class NoiseNumbers(ulong noise, int layer, int columns)
{
    private readonly int _stride = (columns + 15) / 16 * 16;

    public bool Keeps(int i, float rate) => DropoutMask.Keeps(noise, layer, Position(i), rate);

    /// <summary>A standard normal number: Φ⁻¹ in the middle of one of 2²⁴ equal steps.</summary>
    public double Normal(int i) => Functions.InverseNormalDistribution((DropoutMask.Bits(noise, layer, Position(i)) + 0.5) / (1 << 24));

    private uint Position(int i) => (uint)((i / columns * _stride) + (i % columns));
}

internal sealed class ReferenceDropout(float rate, NoiseNumbers numbers) : ReferenceLayer
{
    public override double[] Forward(double[] x) => Masked(x);

    public override double[] Backward(double[] dy) => Masked(dy);

    private double[] Masked(double[] values) => [.. values.Select((value, i) => numbers.Keeps(i, rate) ? value / (1 - (double)rate) : 0)];
}

internal sealed class ReferenceGaussianNoise(float deviation, NoiseNumbers numbers) : ReferenceLayer
{
    public override double[] Forward(double[] x) => [.. x.Select((value, i) => value + (deviation * numbers.Normal(i)))];

    public override double[] Backward(double[] dy) => dy;
}

internal sealed class ReferenceGaussianDropout(float rate, NoiseNumbers numbers) : ReferenceLayer
{
    private readonly double _deviation = Math.Sqrt(rate / (1 - (double)rate));

    public override double[] Forward(double[] x) => Multiplied(x);

    public override double[] Backward(double[] dy) => Multiplied(dy);

    private double[] Multiplied(double[] values) => [.. values.Select((value, i) => value * (1 + (_deviation * numbers.Normal(i))))];
}

/// <summary>Dropped values become α′, then all go through a·x + b, which keeps mean 0 and variance 1 (Klambauer et al., 2017).</summary>
internal sealed class ReferenceAlphaDropout(float rate, NoiseNumbers numbers) : ReferenceLayer
{
    private const double Limit = -1.7580993408473766;

    private readonly double _a = 1 / Math.Sqrt((1 - (double)rate) * (1 + (rate * Limit * Limit)));

    public override double[] Forward(double[] x) =>
        [.. x.Select((value, i) => (_a * (numbers.Keeps(i, rate) ? value : Limit)) - (_a * Limit * rate))];

    public override double[] Backward(double[] dy) => [.. dy.Select((slope, i) => numbers.Keeps(i, rate) ? _a * slope : 0)];
}
