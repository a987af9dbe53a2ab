using System.Text.Json;
using Unroll.Numerics.Tests.Harness;
using Unroll.Running;
using Unroll.Runtime.Tests;

namespace Unroll.Numerics.Tests.Networks;

/// <summary>Embeddings of ids and positions: numbers of Keras 3.16 (tests/golden/keras_embedding.json), sizes, gradients, and what is refused.</summary>
public sealed class EmbeddingTests
{
    private const int Ids = 7;

    private static readonly JsonElement[] s_cases = [.. Golden.Read("keras_embedding.json").GetProperty("cases").EnumerateArray()];

    private static readonly (int[] Input, int Width)[] s_sizes = [([3], 1), ([1], 3), ([5], 15), ([2, 3], 16), ([4], 17), ([3], 33), ([2, 2], 100), ([1], 256)];

    private static readonly NetworkLibrary s_library = new(
        string.Concat(s_cases.Select(static (entry, index) => Source(entry, $"Case{index}")))
        + string.Concat(s_sizes.Select(static (size, index) =>
            $"[Network({string.Join(", ", size.Input)})] [Embedding({Ids}, {size.Width}, EmbeddingsL2 = 0.01f)] [Flatten] public sealed partial class Size{index};\n"))
        + """
        [Network(3)] [Embedding(7, 4)] [Flatten] [Dense(2)] public sealed partial class Words;
        [Network(2, 2)] [Reshape(4)] [Embedding(7, 4, Name = "left")] [Embedding(5, 4, Name = "right", From = "input")] [Reshape(4, 4)] [Add("", "left")]
        [Flatten] [Dense(2)] public sealed partial class Twice;
        [Network] [Input("meta", 2)] [Input("tokens", 3)] [Embedding(7, 4, From = "tokens")] [Flatten] [Concatenate("", "meta")] [Dense(2)]
        public sealed partial class Mixed;
        [Network(40)] [Embedding(50, 96)] [Flatten] [Dense(64, Activation.Tanh)] [Dense(4)] public sealed partial class Wide;
        [Network(5)] [Embedding(7, 20, Name = "tokens")] [PositionEmbedding(6, Name = "positions")] [Add("tokens", "positions")] public sealed partial class Placed;
        """);

    private delegate float[] PredictIds(ReadOnlySpan<int> ids);

    private delegate void PredictIdsInto(ReadOnlySpan<int> ids, Span<float> outputs);

    private delegate float[] PredictMixed(ReadOnlySpan<float> meta, ReadOnlySpan<float> tokens);

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    public static TheoryData<string, string> Refused => new()
    {
        { "7", "is 7" },
        { "-1", "is -1" },
        { "0.5", "is 0.5" },
        { "1e30", "is 1E+30" },
    };

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void AgreesWithKeras(Machine machine)
    {
        for (int index = 0; index < s_cases.Length; index++)
        {
            JsonElement entry = s_cases[index];
            string name = entry.GetProperty("name").GetString()!;
            Model model = s_library.Create($"Case{index}", machine);
            Parameter table = model.Parameters.Single();
            table.Assign(entry.GetProperty("weights")[0].GetProperty("value").GetProperty("data").Floats());
            float[] ids = entry.GetProperty("inputs").GetProperty("x").GetProperty("data").Floats();

            Assert.Equal(entry.GetProperty("outputs")[0].GetProperty("data").Floats(), model.Predict(ids));

            float[] slopes = entry.GetProperty("g")[0].GetProperty("data").Floats();
            int samples = ids.Length / model.Network.InputSize;
            model.Compile(new SGD(), new LinearLoss(samples));
            Gradients gradients = model.ComputeGradients(new Dataset(ids, slopes, samples));
            Closeness.AssertClose(entry.GetProperty("grad_weights")[0].GetProperty("data").Doubles(), gradients[table.Name], depth: 8, name);
        }
    }

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void OfEverySize(Machine machine)
    {
        for (int index = 0; index < s_sizes.Length; index++)
        {
            foreach (int batch in Agreement.FewerBatches)
            {
                Model model = s_library.Create($"Size{index}", machine);
                int width = s_sizes[index].Width;
                float[] table = model.Parameters[0].ToArray();
                float[] ids = RandomValues.Labels(batch * model.Network.InputSize, Ids, seed: batch);
                float[] expected = [.. ids.SelectMany(id => table.AsSpan((int)id * width, width).ToArray())];

                Assert.Equal(expected, model.Predict(ids));

                float[] slopes = RandomValues.Uniform(expected.Length, seed: batch + 1);
                double[] gradient = [.. table.Select(static value => 2 * 0.01 * value)];
                for (int i = 0; i < slopes.Length; i++)
                {
                    gradient[((int)ids[i / width] * width) + (i % width)] += slopes[i];
                }

                model.Compile(new SGD(), new LinearLoss(batch));
                Closeness.AssertClose(
                    gradient, model.ComputeGradients(new Dataset(ids, slopes, batch))["embedding1/embeddings"], depth: 100, $"size {index}, batch {batch}");
            }
        }
    }

    [Fact]
    public void BeginsWithinFiveHundredths()
    {
        float[] table = s_library.Create("Wide", Machines.Widest).Parameters["embedding1/embeddings"].ToArray();

        Assert.InRange(table.Max(), 0.04f, 0.05f);
        Assert.InRange(table.Min(), -0.05f, -0.04f);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void WhatIsNoIdIsRefusedEverywhere(string value, string received)
    {
        Model model = s_library.Create("Words", Machines.Widest);
        model.Compile(new SGD(), new MeanSquaredError());
        float[] before = model.Parameters["embedding1/embeddings"].ToArray();
        float[] good = [0, 1, 2, 3, 4, 5, 6, 0, 6];
        float[] bad = [.. good];
        bad[7] = float.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
        float[] targets = new float[6];
        Dataset data = new(bad, targets, 3);
        float[] alone = bad[6..];

        void Refuses(Action call, int row = 2)
        {
            string message = Assert.Throws<ArgumentException>(call).Message;
            Assert.StartsWith(
                $"Input input holds ids of layer embedding1, whole numbers in 0..6, but position 1 of row {row}, both counted from 0, {received}.",
                message,
                StringComparison.Ordinal);
        }

        Refuses(() => model.Predict(bad));
        Refuses(() => model.Predict(bad, targets));
        Refuses(() => model.Predict(alone, targets.AsSpan(0, 2)), row: 0);
        Refuses(() => model.Activations(bad));
        Refuses(() => model.Evaluate(data));
        Refuses(() => model.ComputeGradients(data));
        Refuses(() => model.Fit(data));
        Refuses(() => model.Fit(new Dataset(good, targets, 3), validation: data));
        string ofBatch = Assert.Throws<ArgumentException>(() => model.Fit([new Batch(bad, targets, 3)])).Message;
        Assert.Contains($"position 1 of row 2, both counted from 0, {received}", ofBatch, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters["embedding1/embeddings"].ToArray());
    }

    [Fact]
    public void ThereIsAPredictOfWholeNumbers()
    {
        Model model = s_library.Create("Words", Machines.Widest);
        var predict = model.GetType().GetMethod("Predict", [typeof(ReadOnlySpan<int>)])!.CreateDelegate<PredictIds>(model);
        var into = model.GetType().GetMethod("Predict", [typeof(ReadOnlySpan<int>), typeof(Span<float>)])!.CreateDelegate<PredictIdsInto>(model);
        int[] ids = [.. RandomValues.Labels(3 * 70, Ids, seed: 1).Select(static id => (int)id)];
        float[] expected = model.Predict([.. ids.Select(static id => (float)id)]);
        float[] outputs = new float[expected.Length];
        into(ids, outputs);

        Assert.Equal(expected, predict(ids));
        Assert.Equal(expected, outputs);
        ids[200] = 16_777_217;
        Assert.Contains(
            "position 2 of row 66, both counted from 0, is 16777217", Assert.Throws<ArgumentException>(() => predict(ids)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => predict(new int[4]));
        Assert.Throws<ArgumentException>(() => into(new int[3], new float[3]));
        Assert.Null(s_library.TypeOf("Mixed", Machines.Widest).GetMethod("Predict", [typeof(ReadOnlySpan<int>)]));
    }

    [Fact]
    public void EveryEmbeddingOfAnInputCounts()
    {
        string message = Assert.Throws<ArgumentException>(() => s_library.Create("Twice", Machines.Widest).Predict([0, 4, 5, 6])).Message;

        Assert.StartsWith("Input input holds ids of layer right, whole numbers in 0..4, but position 2 of row 0", message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherInputsAreAnyNumbers()
    {
        Model model = s_library.Create("Mixed", Machines.Widest);
        var predict = model.GetType().GetMethod("Predict", [typeof(ReadOnlySpan<float>), typeof(ReadOnlySpan<float>)])!.CreateDelegate<PredictMixed>(model);

        Assert.Equal(model.Predict([0.5f, -3f, 1, 2, 6, 1f, 1f, 0, 0, 5]), predict([0.5f, -3f, 1f, 1f], [1, 2, 6, 0, 0, 5]));
        Assert.Contains(
            "Input tokens holds ids of layer embedding1, whole numbers in 0..6, but position 2 of row 1, both counted from 0, is 7",
            Assert.Throws<ArgumentException>(() => predict([0.5f, -3f, 1f, 1f], [1, 2, 6, 1, 1, 7])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "position 0 of row 0", Assert.Throws<ArgumentException>(() => model.Predict([0.5f, -3f, 1.5f, 2, 6])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void ThreadsDoNotChangeABit(Machine machine)
    {
        float[] alone = Trained(machine, threads: 1);

        Assert.Equal(alone, Trained(machine, threads: 2));
        Assert.Equal(alone, Trained(machine, threads: 3));
    }

    [Fact]
    public void RowsWithoutAnIdStayAsTheyAre()
    {
        Model model = s_library.Create("Words", Machines.Widest);
        model.Compile(new SGD(0.1f), new MeanSquaredError());
        float[] before = model.Parameters["embedding1/embeddings"].ToArray();
        model.Fit(new Dataset([1, 1, 3, 3, 5, 5], [1, 2, 3, 4], 2), epochs: 3);
        float[] after = model.Parameters["embedding1/embeddings"].ToArray();

        foreach (int row in Enumerable.Range(0, Ids))
        {
            Assert.Equal(row % 2 == 0, before.AsSpan(row * 4, 4).SequenceEqual(after.AsSpan(row * 4, 4)));
        }
    }

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void PositionsAreAddedToEverySample(Machine machine)
    {
        Model model = s_library.Create("Placed", machine);
        RandomValues.AssignTo(model, seed: 3);
        float[] tokens = model.Parameters["tokens/embeddings"].ToArray();
        float[] positions = model.Parameters["positions/embeddings"].ToArray();
        float[] ids = RandomValues.Labels(5 * 33, Ids, seed: 2);
        float[] expected = [.. ids.SelectMany((id, place) => Enumerable.Range(0, 20).Select(i => tokens[((int)id * 20) + i] + positions[(place % 5 * 20) + i]))];

        Assert.Equal(expected, model.Predict(ids));

        float[] slopes = RandomValues.Uniform(expected.Length, seed: 4);
        double[] gradient = new double[6 * 20];
        for (int i = 0; i < slopes.Length; i++)
        {
            gradient[i % 100] += slopes[i];
        }

        model.Compile(new SGD(), new LinearLoss(33 * 5));
        Closeness.AssertClose(gradient, model.ComputeGradients(new Dataset(ids, slopes, 33))["positions/embeddings"], depth: 33, "positions");
    }

    private static float[] Trained(Machine machine, int threads)
    {
        const int Rows = 300;
        const int BatchSize = 256;
        Model model = s_library.Create("Wide", machine, seed: 3);
        Assert.Equal(threads, TrainingLoop.ThreadsWorth(model.Network, BatchSize, threads));
        model.Compile(new Adam(), new MeanSquaredError());
        model.Fit(
            new Dataset(RandomValues.Labels(Rows * 40, 50, seed: 1), RandomValues.Uniform(Rows * 4, seed: 2), Rows), epochs: 2, batchSize: BatchSize, threads: threads);
        return [.. model.Parameters.SelectMany(static parameter => parameter.ToArray())];
    }

    // A sample of one id of its own is a vector of one.
    private static string Source(JsonElement entry, string name)
    {
        int[] shape = [.. entry.GetProperty("inputs").GetProperty("x").GetProperty("shape").EnumerateArray().Skip(1).Select(static size => size.GetInt32())];
        string call = entry.GetProperty("build").GetString()!.Split("layers.")[1].Replace("mask_zero=True", "MaskZero = true", StringComparison.Ordinal);
        return $"[Network({(shape.Length == 0 ? 1 : shape[0])})] [{call}] [Flatten] public sealed partial class {name};\n";
    }
}
