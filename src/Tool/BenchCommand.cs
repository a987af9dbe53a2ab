using System.Diagnostics;
using System.Globalization;
using Unroll.Interop;

namespace Unroll.Tool;

/// <summary><c>dotnet unroll bench</c>: the time of one prediction on one thread, beside ONNX Runtime's where it is installed.</summary>
/// <param name="File">The model.</param>
/// <param name="Python">The Python whose package onnxruntime is asked.</param>
/// <param name="Seconds">How long each is measured.</param>
internal sealed record BenchCommand(string File, string Python, double Seconds)
{
    // Each value is the mean of as many calls as take this long: a clock's reading is nothing against it.
    private const double Slice = 1e-3;

    public int Run(TextWriter output)
    {
        if (Seconds is not (> 0 and <= 600))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"--seconds is above 0 and at most 600, but was {Seconds}."));
        }

        ImportedNetwork network = ModelFile.Import(File);
        CompiledNetwork compiled = CompiledNetwork.Compile(network);
        var random = new Random(1);
        float[] row = [.. Enumerable.Range(0, compiled.InputSizes.Sum()).Select(_ => compiled.ReadsIds ? 0 : random.NextSingle())];
        Timing own = Measure(() => compiled.Model.Predict(row));
        output.WriteLine($"{Path.GetFileName(File)}: one sample, one thread, {compiled.MultiplyAdds.ToString("N0", CultureInfo.InvariantCulture)} multiply-adds");
        output.WriteLine($"Unroll        {own}");
        (Timing? other, string? why) = OnnxRuntimeTiming.Measure(File, compiled.Model, Python, Seconds);
        output.WriteLine(other is null ? $"ONNX Runtime  not measured: {why}" : $"ONNX Runtime  {other}, {(other.Median / own.Median).ToString("0.00", CultureInfo.InvariantCulture)} times as long");
        return 0;
    }

    private Timing Measure(Action predict)
    {
        // The first calls compile, and find memory.
        var clock = Stopwatch.StartNew();
        int calls = 0;
        while (clock.Elapsed.TotalSeconds < Math.Min(0.5, Seconds / 2) || calls < 3)
        {
            predict();
            calls++;
        }

        int each = Math.Max(1, (int)(Slice * calls / clock.Elapsed.TotalSeconds));
        var times = new List<double>();
        clock.Restart();
        while (clock.Elapsed.TotalSeconds < Seconds || times.Count == 0)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < each; call++)
            {
                predict();
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / each);
        }

        times.Sort();
        return new Timing(times[times.Count / 2], times[0]);
    }
}
