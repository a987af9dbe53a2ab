using System.Diagnostics;
using System.Globalization;
using Unroll.Interop;
using Unroll.Tool;

namespace Unroll.Benchmarks.Models;

/// <summary>How long <c>dotnet unroll import</c> takes for a model of 25 MB, the start of the process included.</summary>
internal static class ImportTime
{
    private const int Repetitions = 5;

    // 6.3 million parameters.
    private const string Source = """
        using Unroll;
        [Network(1024)] [Dense(2048, Activation.Relu)] [Dense(2048, Activation.Relu)] [Dense(10, Activation.Softmax)]
        public sealed partial class Large;
        """;

    public static string Measure()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("models");
        try
        {
            Model model = CompiledNetwork.Build(new ImportedNetwork
            {
                ClassName = "Large",
                Namespace = null,
                Source = Source,
                Inputs = [new ImportedValue("x", "input")],
                Outputs = [new ImportedValue("y", "output")],
                Tensors = [],
                Notes = [],
            }).Model;
            string onnx = Path.Combine(folder.FullName, "large.onnx");
            string keras = Path.Combine(folder.FullName, "large.keras");
            Onnx.Export(model, onnx);
            Keras.Export(model, keras);
            return string.Join(Environment.NewLine, new[] { onnx, keras }.Select(file => Measure(file, folder.FullName)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Measure(string file, string folder)
    {
        double[] times = [.. Enumerable.Range(0, Repetitions).Select(_ => Import(file, folder)).Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"import of {Path.GetFileName(file)}, {new FileInfo(file).Length / 1e6:0.0} MB: {times[Repetitions / 2]:0.00} s median, {times[0]:0.00} s at least, of {Repetitions}");
    }

    private static double Import(string file, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CompiledNetwork).Assembly.Location, "import", file, "-o", folder]) { RedirectStandardOutput = true };
        var clock = Stopwatch.StartNew();
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? clock.Elapsed.TotalSeconds : throw new InvalidOperationException(output);
    }
}
