using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Unroll.Interop.Tests;

/// <content>Networks written as one step of a stream.</content>
public sealed partial class OnnxExportTests
{
    [Theory]
    [InlineData("[Conv1D(4, 3, Activation.Relu, Padding = Padding.Causal, Dilation = [2], Groups = 2)] [LSTM(3, ReturnSequences = true)] [GRU(4, ReturnSequences = true)] [SimpleRNN(3, ReturnSequences = true)] [Dense(2, Activation.Softmax)]", 5)]
    [InlineData("[LSTM(3, UseBias = false)] [Dense(2)]", 2)]
    [InlineData("[LSTM(3, Activation = Activation.Swish, ReturnSequences = true)] [GRU(3, ResetAfter = false, RecurrentActivation = Activation.HardSigmoid)] [Dense(2)]", 3)]
    [InlineData("[Masking(0.25f)] [LSTM(3, ReturnSequences = true)] [GRU(3, ZeroOutputForMask = true)]", 3)]
    [InlineData("[TimeDistributed<Each>] [GRU(3)]", 1)]
    [InlineData("[Conv1D(3, 1, Padding = Padding.Causal)] [PRelu(SharedAxes = [1])] [LayerNormalization] [GRU(4, ResetAfter = false)]", 1)]
    [InlineData("[TimeDistributed<Inner>] [GRU(4)] [Reshape(2, 2)] [Conv1D(3, 2, Padding = Padding.Causal, Strides = [2])] [MaxPooling1D(1)] [LSTM(2)]", 1)]
    public void AStreamHasItsStatesAsInputsAndOutputs(string layers, int states)
    {
        var network = new TestNetwork(
            $"[Network(6, 2, Streaming = true)] {layers}",
            "[Block] [Dense(4)] [Reshape(2, 2)] [Flatten] public sealed partial class Each;\n"
            + "[Block] [Reshape(2, 1)] [Conv1D(2, 2, Padding = Padding.Causal)] [AveragePooling1D(2)] [Flatten] public sealed partial class Inner;");

        int found = CheckStream(network, [("input", [1, 1, 2])], Enumerable.Range(0, 9).Select(step => new[] { step % 4 == 2 ? [0.25f, 0.25f] : network.Numbers(2) }));

        Assert.Equal(states, found);
    }

    /// <summary>A step of each sequence, and what is the same at all steps: its repetition along them is one row.</summary>
    [Fact]
    public void AStreamOfSeveralInputsTakesAStepOfEach()
    {
        var network = new TestNetwork(
            "[Network(Streaming = true)] [Input(\"signal\", 6, 2)] [Input(\"knobs\", 3)] [Input(\"other\", 6, 1)] [Dense(2, From = \"knobs\")] [RepeatVector(6)] "
            + "[Concatenate(\"signal\", \"\", \"other\")] [LSTM(4, ReturnSequences = true)] [Dense(4, From = \"knobs\", Name = \"gain\")] [Multiply(\"lstm1\", \"gain\")]");
        float[] knobs = network.Numbers(3);

        CheckStream(
            network,
            [("signal", [1, 1, 2]), ("knobs", [1, 3]), ("other", [1, 1, 1])],
            Enumerable.Range(0, 5).Select(_ => new[] { network.Numbers(2), knobs, network.Numbers(1) }));
    }

    [Fact]
    public void AStreamWithoutANewOutputAtEveryStepIsRefused()
    {
        var network = new TestNetwork("[Network(9, 2, Streaming = true)] [Conv1D(3, 2)] [Conv1D(3, 2, Padding = Padding.Causal, Strides = [2])] [GRU(2, ReturnSequences = true)] [MaxPooling1D(2)]");

        ExportException error = Assert.Throws<ExportException>(() => Onnx.ExportStream(network.Model, Path.Combine(_folder.FullName, "rates.onnx")));

        Assert.Equal(["conv1d1 (Conv1D)", "conv1d2 (Conv1D)", "max_pooling1d1 (MaxPooling1D)"], error.Problems.Select(static problem => problem.Split(':')[0]));
        Assert.All(error.Problems, static problem => Assert.Contains("not a new output at every step", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void WhatIsNoStreamIsRefused() =>
        Assert.Throws<ArgumentException>(() => Onnx.ExportStream(new TestNetwork("[Network(3)] [Dense(1)]").Model, Path.Combine(_folder.FullName, "none.onnx")));

    /// <summary>Asserts that the exported stream gives at each step what the network's gives.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Its inputs, in order, and the shapes that a step of them has in the file.</param>
    /// <param name="frames">The values of each input, step by step.</param>
    /// <returns>The number of states.</returns>
    private int CheckStream(TestNetwork network, (string Name, int[] Shape)[] inputs, IEnumerable<float[][]> frames)
    {
        string path = Path.Combine(_folder.FullName, "stream.onnx");
        Onnx.ExportStream(network.Model, path);
        using var session = new InferenceSession(path);
        var stream = new ModelStream(network.Model);
        Dictionary<string, DenseTensor<float>> memory = session.InputMetadata.Where(state => inputs.All(input => input.Name != state.Key))
            .ToDictionary(static input => input.Key, static input => new DenseTensor<float>([1, .. input.Value.Dimensions[1..]]));
        foreach ((int step, float[][] frame) in frames.Index())
        {
            float[] expected = new float[stream.OutputSize];
            stream.Step([.. frame.SelectMany(static values => values)], expected);
            using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(
            [
                .. inputs.Zip(frame, static (input, values) => NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<float>(values, input.Shape))),
                .. memory.Select(static state => NamedOnnxValue.CreateFromTensor(state.Key, state.Value)),
            ]);
            AssertClose([expected], [results.First(static result => result.Name == "output").AsTensor<float>().ToArray()], $"step {step}");
            memory = memory.Keys.ToDictionary(static name => name, name => results.First(result => result.Name == name + "/next").AsTensor<float>().ToDenseTensor());
        }

        return memory.Count;
    }
}
