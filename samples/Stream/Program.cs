using System.Diagnostics;
using System.Globalization;

namespace Unroll.Samples;

/// <summary>A tone out of noise, sample after sample: trained on windows of 64 samples, run without end.</summary>
[Network(64, 1, Streaming = true)]
[GRU(16, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class NoiseFilter;

internal static class Program
{
    private const string Usage = """
        Usage: Stream [IN.wav OUT.wav]
          (no argument)    trains the filter, writes noisy.wav, ten seconds of a tone in noise, and filtered.wav
          IN.wav OUT.wav   filters a file of 16-bit samples, the first channel
        """;

    private const int Rate = 8000;
    private const int BlockSamples = 64;

    private static int Main(string[] args)
    {
        try
        {
            return args switch
            {
                [] => FilterATone(),
                [string input, string output] => FilterAFile(input, output),
                _ => Fail(Usage),
            };
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Fail(exception.Message);
        }
    }

    private static int FilterATone()
    {
        NoiseFilter filter = Trained();
        var tones = new ToneSource(seed: 7);
        (float[] noisy, float[] clean) = tones.Next(10 * Rate);
        WaveFile.Write("noisy.wav", noisy, Rate);
        float[] filtered = Filter(filter, noisy, Rate);
        WaveFile.Write("filtered.wav", filtered, Rate);
        double before = Decibels(clean, noisy);
        double after = Decibels(clean, filtered);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"signal to noise: {before:0.0} dB before, {after:0.0} dB behind the filter"));
        Console.WriteLine("Saved noisy.wav and filtered.wav.");
        return after > before + 3 ? 0 : 1;
    }

    private static int FilterAFile(string input, string output)
    {
        (float[] samples, int rate) = WaveFile.Read(input);
        WaveFile.Write(output, Filter(Trained(), samples, rate), rate);
        Console.WriteLine($"Saved {output}.");
        return 0;
    }

    private static NoiseFilter Trained()
    {
        var tones = new ToneSource(seed: 1);
        var filter = new NoiseFilter(seed: 1);
        filter.Compile(new Adam(new CosineDecay(1e-2f, decaySteps: 6 * 128)), new MeanSquaredError());
        History history = filter.Fit(tones.Windows(4096, NoiseFilter.InputSize), new FitOptions { Epochs = 6, BatchSize = 32, Seed = 1, Verbose = false });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trained on 4,096 windows of 64 samples, mean squared error {history["loss"][0]:0.0000} to {history["loss"][^1]:0.0000}"));
        return filter;
    }

    // As a sound card would call it: a block comes, a block goes.
    private static float[] Filter(NoiseFilter filter, float[] samples, int rate)
    {
        ModelStream stream = filter.CreateStream();
        float[] filtered = new float[samples.Length];
        long[] ticks = new long[samples.Length];
        stream.Step(samples.AsSpan(0, 1), filtered.AsSpan(0, 1));
        stream.Reset();
        long start = Stopwatch.GetTimestamp();
        for (int block = 0; block < samples.Length; block += BlockSamples)
        {
            for (int i = block; i < Math.Min(block + BlockSamples, samples.Length); i++)
            {
                long before = Stopwatch.GetTimestamp();
                stream.Step(samples.AsSpan(i, 1), filtered.AsSpan(i, 1));
                ticks[i] = Stopwatch.GetTimestamp() - before;
            }
        }

        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        Array.Sort(ticks);
        double Microseconds(long of) => 1e6 * of / Stopwatch.Frequency;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{samples.Length} samples in {taken.TotalMilliseconds:0} ms: {samples.Length / (double)rate / taken.TotalSeconds:0} times real time; a step {Microseconds(ticks[ticks.Length / 2]):0.00} µs, the longest {Microseconds(ticks[^1]):0.0} µs"));
        return filtered;
    }

    private static double Decibels(float[] clean, float[] heard)
    {
        double signal = clean.Sum(static value => (double)value * value);
        double noise = clean.Zip(heard, static (wanted, got) => Math.Pow(got - wanted, 2)).Sum();
        return 10 * Math.Log10(signal / noise);
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
