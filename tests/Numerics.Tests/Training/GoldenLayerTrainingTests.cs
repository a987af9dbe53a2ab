using System.Text.Json;
using Unroll.Numerics.Tests.Harness;
using Unroll.Runtime.Tests;

namespace Unroll.Numerics.Tests.Training;

/// <summary>
/// Networks of images, signals and sequences: predictions, gradients and three steps of Adam against Keras 3.16 (keras_layer_training.json).
/// Parameters are in Keras's order.
/// </summary>
public sealed class GoldenLayerTrainingTests
{
    private static readonly JsonElement[] s_runs = [.. Golden.Read("keras_layer_training.json").GetProperty("cases").EnumerateArray()];

    private static readonly NetworkLibrary s_library = new(string.Concat(
        s_runs.Select(static (run, index) => $"{run.GetProperty("attributes").GetString()} public sealed partial class Run{index};\n")));

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void GradientsAreThoseOfKeras(Machine machine) => ForEach(machine, static (model, run, data, name) =>
    {
        Gradients gradients = model.ComputeGradients(data);

        if (run.GetProperty("initial_prediction") is { ValueKind: JsonValueKind.Object } prediction)
        {
            Closeness.AssertClose(prediction.GetProperty("data").Doubles(), model.Predict(data.Features), depth: 32, name, scale: 1);
        }

        Golden.AssertClose(run.GetProperty("loss_at_start").GetDouble(), gradients.Loss, 2e-6, 0, name);
        foreach ((JsonElement path, JsonElement values) in run.GetProperty("gradient_paths").EnumerateArray().Zip(run.GetProperty("gradients_at_start").EnumerateArray()))
        {
            int index = run.GetProperty("weight_paths").EnumerateArray().ToList().FindIndex(weight => weight.GetString() == path.GetString());
            string parameter = model.Parameters[index].Name;
            Closeness.AssertClose(values.GetProperty("data").Doubles(), gradients[parameter], depth: 64, $"{name}: {parameter}", scale: 1);
        }
    });

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void StepsAreThoseOfKeras(Machine machine) => ForEach(machine, static (model, run, data, name) =>
    {
        foreach (JsonElement step in run.GetProperty("steps").EnumerateArray())
        {
            History history = model.Fit(data, batchSize: 8, shuffle: false, verbose: false);
            Golden.AssertClose(step.GetProperty("loss_before_update").GetProperty("loss").GetDouble(), history["loss"][0], 1e-5, 1e-6, name);
            Golden.AssertClose(step.GetProperty("loss_after_update").GetProperty("loss").GetDouble(), model.Evaluate(data)["loss"], 1e-5, 1e-6, name);
        }

        int index = 0;
        foreach (JsonElement weights in run.GetProperty("final_weights").EnumerateArray())
        {
            Parameter parameter = model.Parameters[index++];
            double[] values = weights.Doubles();
            float[] actual = parameter.ToArray();
            for (int i = 0; i < values.Length; i++)
            {
                // Keras's bias correction in single precision strays by some 1e-5 of a step.
                Golden.AssertClose(values[i], actual[i], 0, 5e-6, $"{name}: {parameter.Name}");
            }
        }
    });

    private static void ForEach(Machine machine, Action<Model, JsonElement, Dataset, string> check)
    {
        for (int run = 0; run < s_runs.Length; run++)
        {
            JsonElement golden = s_runs[run];
            Model model = s_library.Create($"Run{run}", machine);
            int index = 0;
            foreach (JsonElement weights in golden.GetProperty("initial_weights").EnumerateArray())
            {
                model.Parameters[index++].Assign(weights.Floats());
            }

            float[] targets = golden.GetProperty("y").GetProperty("data").Floats();
            bool isClassifier = golden.GetProperty("compile").GetString()!.Contains("sparse_categorical", StringComparison.Ordinal);
            model.Compile(new Adam(0.01f), isClassifier ? new SparseCategoricalCrossentropy(fuse: false) : new MeanSquaredError());
            check(model, golden, new Dataset(golden.GetProperty("x").GetProperty("data").Floats(), targets, 8), golden.GetProperty("name").GetString()!);
        }
    }
}
