using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Unroll.Interop;

namespace Unroll.Tool;

/// <summary>ONNX Runtime's time, where a Python on this machine has it: the tool carries none of its own.</summary>
internal static class OnnxRuntimeTiming
{
    private const string Script = """
        import sys, time
        try:
            import numpy, onnxruntime
        except ImportError as missing:
            sys.exit(f"{missing.name} is not installed for {sys.executable}: pip install onnxruntime")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
        feed = {}
        for value in session.get_inputs():
            shape = [size if isinstance(size, int) else 1 for size in value.shape]
            feed[value.name] = numpy.random.rand(*shape).astype(numpy.float32) if value.type == "tensor(float)" else numpy.zeros(shape, numpy.int64 if "64" in value.type else numpy.int32)
        seconds = float(sys.argv[2])
        start, calls = time.perf_counter(), 0
        while time.perf_counter() - start < min(0.5, seconds / 2) or calls < 3:
            session.run(None, feed)
            calls += 1
        each, times, start = max(1, int(1e-3 * calls / (time.perf_counter() - start))), [], time.perf_counter()
        while time.perf_counter() - start < seconds or not times:
            begin = time.perf_counter()
            for _ in range(each):
                session.run(None, feed)
            times.append((time.perf_counter() - begin) * 1e6 / each)
        times.sort()
        print(times[len(times) // 2], times[0])
        """;

    /// <returns>The time, or why there is none.</returns>
    public static (Timing? Timing, string? Why) Measure(string file, Model model, string python, double seconds)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("unroll");
        try
        {
            string path = file;
            if (!Path.GetExtension(file).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
            {
                path = Path.Combine(folder.FullName, "model.onnx");
                Onnx.Export(model, path);
            }

            string script = Path.Combine(folder.FullName, "bench.py");
            File.WriteAllText(script, Script);
            return Run(python, [script, path, seconds.ToString("R", CultureInfo.InvariantCulture)]);
        }
        catch (ExportException exception)
        {
            return (null, exception.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (Timing? Timing, string? Why) Run(string python, string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string[] numbers = process.StandardOutput.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            return process.ExitCode == 0 && numbers.Length == 2
                && double.TryParse(numbers[0], CultureInfo.InvariantCulture, out double median) && double.TryParse(numbers[1], CultureInfo.InvariantCulture, out double least)
                ? (new Timing(median, least), null)
                : (null, errors.Result.Trim().Split('\n')[^1] is { Length: > 0 } last ? last : $"{python} gave no times");
        }
        catch (Win32Exception exception)
        {
            return (null, $"{python}: {exception.Message}");
        }
    }
}
