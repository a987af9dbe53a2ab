using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>Saving and loading whole models.</summary>
public sealed class WeightFileTests : IDisposable
{
    private static readonly NetworkLibrary s_library = new(
        new Blueprint("Classifier", [5], new DenseSketch(17, Activation.Relu), new DenseSketch(33), new DenseSketch(3, Activation.Softmax)),
        new Blueprint("OtherShape", [5], new DenseSketch(17, Activation.Relu), new DenseSketch(32), new DenseSketch(3, Activation.Softmax)),
        new Blueprint("FewerLayers", [5], new DenseSketch(17, Activation.Relu), new DenseSketch(33)),
        new Blueprint("WithoutBias", [5], new DenseSketch(17, Activation.Relu), new DenseSketch(33, UseBias: false), new DenseSketch(3, Activation.Softmax)),
        new Blueprint("NothingToLearn", [5], new ActivateSketch(Activation.Relu)));

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"unroll-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void LoadReadsWhatSaveWroteToTheBit()
    {
        Model model = s_library.Create("Classifier", Machines.Widest, seed: 5);
        float[] odd = model.Parameters[0].ToArray();
        ((ReadOnlySpan<float>)[-0f, float.NaN, float.Epsilon, float.NegativeInfinity, float.MaxValue]).CopyTo(odd);
        model.Parameters[0].Assign(odd);
        model.Save(_path);
        var again = (Model)s_library.TypeOf("Classifier", Machines.Widest).GetMethod("Load")!.Invoke(null, [_path])!;

        Assert.Equal(Bits(model), Bits(again));
        float[] inputs = RandomValues.Uniform(7 * 5, seed: 1);
        Assert.Equal(model.Predict(inputs), again.Predict(inputs));
    }

    [Fact]
    public void ANetworkWithoutParametersIsAnEmptyFile()
    {
        s_library.Create("NothingToLearn", Machines.Widest).Save(_path);
        s_library.Create("NothingToLearn", Machines.Widest).LoadWeights(_path);
    }

    [Theory]
    [InlineData("OtherShape", "dense2/kernel")]
    [InlineData("FewerLayers", "dense3/kernel")]
    [InlineData("WithoutBias", "dense2/bias")]
    public void AMismatchIsRefusedByNameAndChangesNothing(string other, string culprit)
    {
        s_library.Create("Classifier", Machines.Widest, seed: 5).Save(_path);
        Model model = s_library.Create(other, Machines.Widest, seed: 6);
        uint[] before = Bits(model);

        Assert.Contains(culprit, Assert.Throws<InvalidDataException>(() => model.LoadWeights(_path)).Message, StringComparison.Ordinal);
        Assert.Equal(before, Bits(model));
    }

    [Fact]
    public void AMissingFileIsNotFound() =>
        Assert.Throws<FileNotFoundException>(() => s_library.Create("Classifier", Machines.Widest).LoadWeights(_path));

    private static uint[] Bits(Model model) => [.. model.Parameters.SelectMany(static parameter => parameter.ToArray()).Select(BitConverter.SingleToUInt32Bits)];
}
