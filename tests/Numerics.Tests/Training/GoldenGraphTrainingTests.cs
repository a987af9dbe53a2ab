using System.Text.Json;
using Unroll.Numerics.Tests.Harness;
using Unroll.Runtime.Tests;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Two inputs, two outputs and loss weights: gradients and three steps of Adam against Keras 3.16 (keras_graph_training.json).</summary>
public sealed class GoldenGraphTrainingTests
{
    private const string Source = """
        [Network]
        [Input("a", 3)] [Dense(4, Activation.Relu, Name = "left")]
        [Input("b", 2)] [Dense(3, Activation.Tanh, Name = "right")]
        [Concatenate("left", "right", Name = "both")]
        [Dense(1, Name = "value")] [Output("value")]
        [Dense(3, Activation.Softmax, From = "both", Name = "kind")] [Output("kind")]
        public sealed partial class TwoHeads;
        """;

    private static readonly NetworkLibrary s_library = new(Source) { Machines = Machines.Compared };
    private static readonly JsonElement s_run = Golden.Read("keras_graph_training.json").GetProperty("cases")[0];

    public static TheoryData<Machine> MachinesToCompare => [.. Machines.Compared];

    [Theory]
    [MemberData(nameof(MachinesToCompare))]
    public void GradientsAreThoseOfKeras(Machine machine)
    {
        Model model = Create(machine);
        Gradients gradients = model.ComputeGradients(Data);

        Golden.AssertClose(s_run.GetProperty("loss_at_start").GetDouble(), gradients.Loss, 1e-6, 0, "loss");
        foreach (JsonElement expected in s_run.GetProperty("gradients_at_start").EnumerateArray())
        {
            string name = expected.GetProperty("path").GetString()!;
            Closeness.AssertClose(expected.GetProperty("value").GetProperty("data").Doubles(), gradients[name], depth: 32, name);
        }
    }

    [Theory]
    [MemberData(nameof(MachinesToCompare))]
    public void StepsAreThoseOfKeras(Machine machine)
    {
        Model model = Create(machine);
        foreach (JsonElement step in s_run.GetProperty("steps").EnumerateArray())
        {
            History history = model.Fit(Data, batchSize: 8, shuffle: false);
            foreach (JsonProperty value in step.GetProperty("loss_before_update").EnumerateObject())
            {
                Golden.AssertClose(value.Value.GetDouble(), history[value.Name][0], 1e-5, 1e-6, value.Name);
            }

            EvaluationResult after = model.Evaluate(Data);
            foreach (JsonProperty value in step.GetProperty("loss_after_update").EnumerateObject())
            {
                Golden.AssertClose(value.Value.GetDouble(), after[value.Name], 1e-5, 1e-6, value.Name);
            }
        }

        foreach (JsonElement expected in s_run.GetProperty("final_weights").EnumerateArray())
        {
            Parameter parameter = Find(model, expected);
            double[] values = expected.GetProperty("value").GetProperty("data").Doubles();
            float[] actual = parameter.ToArray();
            for (int i = 0; i < values.Length; i++)
            {
                // Keras's bias correction in single precision strays by some 1e-5 of a step.
                Golden.AssertClose(values[i], actual[i], 0, 3e-6, parameter.Name);
            }
        }
    }

    [Fact]
    public void TypedPredictIsPredict()
    {
        Model model = Create(Machines.Widest);
        JsonElement x = s_run.GetProperty("x");
        float[] a = x.GetProperty("a").GetProperty("data").Floats();
        float[] b = x.GetProperty("b").GetProperty("data").Floats();

        float[] rows = model.Predict(Data.Features);
        Type type = model.GetType();
        Delegate predict = type.GetMethods().Single(method => method.Name == "Predict" && method.DeclaringType == type && method.ReturnType != typeof(void))
            .CreateDelegate(typeof(TypedPredict), model);
        (float[] value, float[] kind) = ((TypedPredict)predict)(a, b);

        for (int row = 0; row < 8; row++)
        {
            Assert.Equal(rows[row * 4], value[row]);
            Assert.Equal(rows.AsSpan((row * 4) + 1, 3).ToArray(), kind[(row * 3)..((row * 3) + 3)]);
        }
    }

    [Fact]
    public void ASingleSampleIsARowOfMany()
    {
        Model model = Create(Machines.Widest);
        float[] rows = model.Predict(Data.Features);
        for (int row = 0; row < 8; row++)
        {
            float[] single = model.Predict(Data.FeaturesOf(row));
            for (int i = 0; i < 4; i++)
            {
                Golden.AssertClose(rows[(row * 4) + i], single[i], 1e-6, 1e-7, $"row {row}");
            }
        }
    }

    private delegate (float[] Value, float[] Kind) TypedPredict(ReadOnlySpan<float> a, ReadOnlySpan<float> b);

    private static Dataset Data => new(
        inputs: [Floats("x", "a"), Floats("x", "b")], targets: [Floats("y", "value"), Floats("y", "kind")], count: 8);

    private static float[] Floats(string side, string name) => s_run.GetProperty(side).GetProperty(name).GetProperty("data").Floats();

    private static Parameter Find(Model model, JsonElement weight) =>
        model.Parameters.Single(parameter => parameter.Name == weight.GetProperty("path").GetString());

    private static Model Create(Machine machine)
    {
        Model model = s_library.Create("TwoHeads", machine);
        foreach (JsonElement start in s_run.GetProperty("initial_weights").EnumerateArray())
        {
            Find(model, start).Assign(start.GetProperty("value").GetProperty("data").Floats());
        }

        model.Compile(
            new Adam(learningRate: 0.01f),
            losses: [new MeanSquaredError(), new SparseCategoricalCrossentropy()],
            lossWeights: [0.5f, 2f],
            metrics: [[], new Accuracy()]);
        return model;
    }
}
