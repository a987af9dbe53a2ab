using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
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
        new Blueprint("Unlike", [5], new DenseSketch(2)),
        new Blueprint("NothingToLearn", [5], new ActivateSketch(Activation.Relu)));

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"unroll-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void LoadReadsWhatSaveWroteToTheBit()
    {
        Model model = s_library.Create("Classifier", Machines.Widest, seed: 5);
        float[] odd = model.Parameters[0].ToArray();
        ((ReadOnlySpan<float>)[-0f, float.PositiveInfinity, float.Epsilon, float.NegativeInfinity, float.MaxValue]).CopyTo(odd);
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

    [Fact]
    public void StreamsHoldWhatFilesHoldAndNeedNoSeeking()
    {
        Model model = s_library.Create("Classifier", Machines.Widest, seed: 5);
        model.Save(_path);
        using var stream = new MemoryStream();
        stream.WriteByte(1);
        model.Save(stream);
        Assert.Equal(File.ReadAllBytes(_path), stream.ToArray()[1..]);

        Model again = s_library.Create("Classifier", Machines.Widest, seed: 6);
        stream.Position = 1;
        Assert.True(again.LoadWeights(stream).IsComplete);
        Assert.Equal(Bits(model), Bits(again));

        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            model.Save(zip);
        }

        Model unzipped = s_library.Create("Classifier", Machines.Widest, seed: 7);
        zipped.Position = 0;
        unzipped.LoadWeights(new GZipStream(zipped, CompressionMode.Decompress));
        Assert.Equal(Bits(model), Bits(unzipped));
        Assert.Throws<ArgumentException>(() => model.Save(new MemoryStream([], writable: false)));
        Assert.Throws<ArgumentException>(() => model.LoadWeights(new GZipStream(zipped, CompressionLevel.Fastest)));
    }

    [Theory]
    [InlineData(-1, "cut short")]
    [InlineData(1, "more data")]
    public void AStreamThatDoesNotEndWithTheFileIsRefused(int bytes, string message)
    {
        Model model = s_library.Create("Classifier", Machines.Widest, seed: 5);
        using var file = new MemoryStream();
        model.Save(file);
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write([.. file.ToArray().AsSpan(0, (int)file.Length + Math.Min(bytes, 0)), .. new byte[Math.Max(bytes, 0)]]);
        }

        zipped.Position = 0;
        uint[] before = Bits(model);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(
            () => model.LoadWeights(new GZipStream(zipped, CompressionMode.Decompress)));
        Assert.StartsWith("The stream", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Bits(model));
    }

    /// <summary>Expected: what the conversions of .NET make of each value.</summary>
    [Theory]
    [InlineData(WeightsDataType.Float16)]
    [InlineData(WeightsDataType.BFloat16)]
    public void NumbersOfSixteenBitsAreWrittenRoundedAndLoadedOnRequest(WeightsDataType type)
    {
        Model model = s_library.Create("Classifier", Machines.Widest, seed: 5);
        model.Save(_path);
        long whole = new FileInfo(_path).Length;
        model.Save(_path, type);
        Assert.InRange(new FileInfo(_path).Length, whole / 2, whole * 0.75);

        Model again = s_library.Create("Classifier", Machines.Widest, seed: 6);
        Assert.Contains("convert", Assert.Throws<InvalidDataException>(() => again.LoadWeights(_path)).Message, StringComparison.Ordinal);
        LoadedWeights loaded = again.LoadWeights(_path, WeightsMatching.Exact, convert: true);
        Assert.Equal(model.Parameters.Select(static parameter => parameter.Name), loaded.Loaded);
        foreach ((Parameter exact, Parameter rounded) in model.Parameters.Zip(again.Parameters))
        {
            Assert.All(exact.ToArray().Zip(rounded.ToArray()), pair => Assert.Equal(Rounded(pair.First), pair.Second));
        }

        float Rounded(float value)
        {
            if (type == WeightsDataType.Float16)
            {
                return (float)(Half)value;
            }

            // Veltkamp's splitting: to eight significant bits by arithmetic alone, nearest or even.
            double product = value * ((double)(1L << 45) + 1);
            return (float)(product - (product - value));
        }
    }

    [Fact]
    public void NaNAndWhatATypeCannotHoldAreNotSaved()
    {
        Model model = s_library.Create("Classifier", Machines.Widest, seed: 5);
        model.Save(_path);
        byte[] before = File.ReadAllBytes(_path);
        float[] kernel = model.Parameters[0].ToArray();
        kernel[20] = 70_000f;
        model.Parameters[0].Assign(kernel);
        ArgumentException large = Assert.Throws<ArgumentException>(() => model.Save(_path, WeightsDataType.Float16));
        Assert.Contains("'dense1/kernel' is 70000 at [1, 3], which F16 cannot hold", large.Message, StringComparison.Ordinal);
        Assert.Equal("dataType", large.ParamName);
        kernel[20] = float.NaN;
        model.Parameters[0].Assign(kernel);
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => model.Save(_path));
        Assert.Contains("'dense1/kernel' is NaN at [1, 3]", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_path));
    }

    [Fact]
    public void NaNInAFileIsRefusedByNameAndPlace()
    {
        Model model = s_library.Create("Classifier", Machines.Widest, seed: 5);
        model.Save(_path);
        byte[] file = File.ReadAllBytes(_path);
        BitConverter.GetBytes(float.NaN).CopyTo(file, file.Length - 4);
        File.WriteAllBytes(_path, file);
        uint[] before = Bits(model);
        string message = Assert.Throws<InvalidDataException>(() => model.LoadWeights(_path)).Message;
        Assert.Equal($"{_path}: 'dense3/bias' is NaN at [2].", message);
        Assert.Equal(before, Bits(model));
    }

    [Fact]
    public void WhatAgreesIsLoadedOnRequestAndTheRestNamed()
    {
        Model model = s_library.Create("Classifier", Machines.Widest, seed: 5);
        model.Save(_path);
        Model other = s_library.Create("OtherShape", Machines.Widest, seed: 6);
        Dictionary<string, float[]> before = other.Parameters.ToDictionary(static parameter => parameter.Name, static parameter => parameter.ToArray());

        LoadedWeights loaded = other.LoadWeights(_path, WeightsMatching.NameAndShape);

        Assert.Equal(["dense1/kernel", "dense1/bias", "dense3/bias"], loaded.Loaded);
        Assert.Equal(["dense2/kernel", "dense2/bias", "dense3/kernel"], loaded.OtherShape);
        Assert.False(loaded.IsComplete);
        Assert.Equal(
            "3 parameters loaded; of another shape in the file: 'dense2/kernel', 'dense2/bias', 'dense3/kernel'", loaded.ToString());
        foreach (Parameter parameter in other.Parameters)
        {
            float[] expected = loaded.Loaded.Contains(parameter.Name)
                ? model.Parameters.Single(mine => mine.Name == parameter.Name).ToArray()
                : before[parameter.Name];
            Assert.Equal(expected, parameter.ToArray());
        }

        loaded = s_library.Create("FewerLayers", Machines.Widest).LoadWeights(_path, WeightsMatching.NameAndShape);
        Assert.True(loaded.IsComplete);
        Assert.Equal(["dense3/kernel", "dense3/bias"], loaded.Unused);
        Assert.Throws<InvalidDataException>(() => s_library.Create("Unlike", Machines.Widest).LoadWeights(_path, WeightsMatching.NameAndShape));
        Assert.Throws<ArgumentOutOfRangeException>(() => other.LoadWeights(_path, (WeightsMatching)7));
    }

    /// <summary>Files as large as the header says, of holes: only reading would cost memory and time.</summary>
    [Theory]
    [InlineData("dense1/kernel", "must be [5, 17], but is [536870912]")]
    [InlineData("other", "'other' [536870912] is not a parameter of this model")]
    public void ATensorOfHalfABillionNumbersIsRefusedFromTheHeader(string name, string message)
    {
        Model model = s_library.Create("Classifier", Machines.Widest);
        WriteWithHole(model, name);
        long before = GC.GetAllocatedBytesForCurrentThread();

        string refusal = Assert.Throws<InvalidDataException>(() => model.LoadWeights(_path)).Message;

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Contains(message, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void TensorsThatAreNotTheModelsAreNotRead()
    {
        Model model = s_library.Create("Classifier", Machines.Widest, seed: 5);
        WriteWithHole(model, "other");
        Model again = s_library.Create("Classifier", Machines.Widest, seed: 6);
        long before = GC.GetAllocatedBytesForCurrentThread();

        LoadedWeights loaded = again.LoadWeights(_path, WeightsMatching.NameAndShape);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal(["other"], loaded.Unused);
        Assert.Equal(Bits(model), Bits(again));
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

    /// <summary>The model's parameters, but one of that name of 2^29 numbers that are all zero and take no room on the disk; first of all.</summary>
    private void WriteWithHole(Model model, string name)
    {
        const long Hole = 1L << 31;
        long offset = Hole;
        var header = new StringBuilder($$$"""{"{{{name}}}":{"dtype":"F32","shape":[536870912],"data_offsets":[0,{{{Hole}}}]}""");
        Parameter[] others = [.. model.Parameters.Where(parameter => parameter.Name != name)];
        foreach (Parameter parameter in others)
        {
            header.Append(
                $$$""","{{{parameter.Name}}}":{"dtype":"F32","shape":[{{{string.Join(',', parameter.Shape)}}}],"data_offsets":[{{{offset}}},{{{offset += 4 * parameter.Count}}}]}""");
        }

        byte[] bytes = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        using var file = new FileStream(_path, FileMode.Create);
        file.Write(BitConverter.GetBytes((ulong)bytes.Length));
        file.Write(bytes);
        file.Seek(Hole, SeekOrigin.Current);
        foreach (Parameter parameter in others)
        {
            file.Write(MemoryMarshal.AsBytes<float>(parameter.ToArray()));
        }
    }

    private static uint[] Bits(Model model) => [.. model.Parameters.SelectMany(static parameter => parameter.ToArray()).Select(BitConverter.SingleToUInt32Bits)];
}
