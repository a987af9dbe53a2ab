using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Unroll.Interop;
using Unroll.Tool;

namespace Unroll.Benchmarks.Models;

/// <summary>One model in Unroll and in ONNX Runtime, on one sample and one thread, by turns.</summary>
internal sealed class PredictionTurns : IDisposable
{
    private const double Slice = 5e-3;
    private const double WarmUp = 1;

    private readonly string _name;
    private readonly Model _model;
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly float[] _expected;
    private readonly float[] _otherOutput;
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;

    /// <param name="path">A model of one input and output; NAME.x.npy and NAME.y.npy beside it are what goes in and comes out.</param>
    public PredictionTurns(string path)
    {
        _name = Path.GetFileNameWithoutExtension(path);
        ImportedNetwork network = Onnx.Import(path);
        _model = CompiledNetwork.Compile(network).Model;
        NpyFile x = NpyFile.Read(Path.ChangeExtension(path, ".x.npy"));
        float[] sample = x.Values[..(x.Values.Length / x.Shape[0])];
        NpyFile y = NpyFile.Read(Path.ChangeExtension(path, ".y.npy"));
        _expected = network.Outputs[0].Arrange(y.Values[..(y.Values.Length / y.Shape[0])]);
        _input = network.Inputs[0].Arrange(sample);
        _output = new float[_expected.Length];
        _otherOutput = new float[_expected.Length];
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        _session = new InferenceSession(path, options);
        _inputs = [OrtValue.CreateTensorValueFromMemory(sample, Sizes(_session.InputMetadata))];
        _outputs = [OrtValue.CreateTensorValueFromMemory(_otherOutput, Sizes(_session.OutputMetadata))];
    }

    /// <summary>A row of the table.</summary>
    public string Measure(double seconds)
    {
        Own();
        float difference = _output.Zip(_expected, static (actual, expected) => MathF.Abs(actual - expected)).Max();
        int own = Calls(Own);
        int other = Calls(Other);
        var owns = new List<double>();
        var others = new List<double>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds || owns.Count == 0)
        {
            owns.Add(Time(Own, own));
            others.Add(Time(Other, other));
        }

        double ratio = Median([.. others.Zip(owns, static (their, ours) => their / ours)]);
        return string.Create(CultureInfo.InvariantCulture, $"{_name,-20} {Median(owns),9:0.0} {Median(others),13:0.0} {ratio,6:0.00}  {difference:0.0e+0}");
    }

    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
        foreach (OrtValue value in _inputs.Concat(_outputs))
        {
            value.Dispose();
        }
    }

    private static long[] Sizes(IReadOnlyDictionary<string, NodeMetadata> ends) => [1, .. ends.Values.Single().Dimensions.Skip(1).Select(static size => (long)size)];

    private void Own() => _model.Predict(_input, _output);

    private void Other() => _session.Run(_run, _session.InputNames, _inputs, _session.OutputNames, _outputs);

    /// <summary>How many take a slice, once the code is compiled.</summary>
    private static int Calls(Action predict)
    {
        var clock = Stopwatch.StartNew();
        int calls = 0;
        for (; clock.Elapsed.TotalSeconds < WarmUp; calls++)
        {
            predict();
        }

        return Math.Max(1, (int)(calls * Slice / WarmUp));
    }

    private static double Time(Action predict, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            predict();
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
