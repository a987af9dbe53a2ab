namespace Unroll.Samples;

/// <summary>Tones of 100 to 400 Hz in white noise, at 8,000 samples a second.</summary>
internal sealed class ToneSource(int seed)
{
    private const double Rate = 8000;
    private const double NoiseDeviation = 0.2;

    private readonly Random _random = new(seed);

    /// <summary>So many samples of one tone, with noise and without.</summary>
    public (float[] Noisy, float[] Clean) Next(int samples)
    {
        double step = 2 * Math.PI * (100 + (300 * _random.NextDouble())) / Rate;
        double phase = 2 * Math.PI * _random.NextDouble();
        double amplitude = 0.2 + (0.4 * _random.NextDouble());
        float[] clean = [.. Enumerable.Range(0, samples).Select(i => (float)(amplitude * Math.Sin(phase + (step * i))))];
        return ([.. clean.Select(value => value + (float)(NoiseDeviation * Normal()))], clean);
    }

    /// <summary>Windows of tones in noise, and the tones alone as their targets.</summary>
    public Dataset Windows(int count, int samples)
    {
        (float[] Noisy, float[] Clean)[] windows = [.. Enumerable.Range(0, count).Select(_ => Next(samples))];
        return new Dataset([.. windows.SelectMany(static window => window.Noisy)], [.. windows.SelectMany(static window => window.Clean)], count);
    }

    // Box and Muller, 1958.
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
