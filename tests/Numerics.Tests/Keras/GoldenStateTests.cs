using System.Text.Json;
using Unroll.Numerics.Tests.Harness;
using Unroll.Runtime.Tests;

namespace Unroll.Numerics.Tests.Keras;

/// <summary>
/// Initial states, outputs that are 0 at masked steps, and normalization of batches with masks, against Keras 3.16
/// (tests/golden/keras_states.json): outputs, moving statistics and all gradients, those of the states included.
/// </summary>
/// <remarks>
/// Each input of a case is the kernel of a Dense layer that reads the number of the sample as one-hot. Under a mask it is the vectors of positions, which
/// are the same for all samples: these go one after the other, and the gradients of the parameters add up. Normalization, to which samples and steps are
/// alike, has the steps of all samples as one sample's.
/// </remarks>
public sealed class GoldenStateTests
{
    private static readonly JsonElement[] s_cases = [.. Golden.Read("keras_states.json").GetProperty("cases").EnumerateArray()];

    private static readonly NetworkLibrary s_library = new(string.Concat(s_cases.Select(static (entry, index) => Source(entry, $"States{index}"))));

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void AgreesWithKeras(Machine machine)
    {
        for (int index = 0; index < s_cases.Length; index++)
        {
            Check(s_library.Create($"States{index}", machine), s_cases[index]);
        }
    }

    private static void Check(Model model, JsonElement entry)
    {
        string name = entry.GetProperty("name").GetString()!;
        int samples = Shape(entry.GetProperty("inputs").GetProperty("x"))[0];
        Parameter[] own = [.. model.Parameters.Where(static parameter => parameter.Name.StartsWith("own/", StringComparison.Ordinal))];
        foreach ((Parameter parameter, JsonElement weight) in own.Zip(entry.GetProperty("weights").EnumerateArray()))
        {
            parameter.Assign(weight.GetProperty("data").Floats());
        }

        Parameter? ids = model.Parameters.SingleOrDefault(static parameter => parameter.Name == "mask/embeddings");
        ids?.Assign(new float[ids.ToArray().Length]);
        float[] slopes = entry.GetProperty("gradients").GetBoolean() ? entry.GetProperty("g").Floats() : [];
        double[] y = entry.GetProperty("y").GetProperty("data").Doubles();
        var sums = own.ToDictionary(static parameter => parameter.Name, static parameter => new float[parameter.ToArray().Length]);
        int runs = IsMasked(entry) && !IsNormalization(entry) ? samples : 1;
        for (int run = 0; run < runs; run++)
        {
            foreach (JsonProperty input in entry.GetProperty("inputs").EnumerateObject())
            {
                model.Parameters.Single(parameter => parameter.Name == ValuesOf(entry, input.Name)).Assign(Part(input.Value.GetProperty("data").Floats(), run, runs));
            }

            float[] features = Features(entry, samples, run, runs);
            if (!entry.GetProperty("training").GetBoolean())
            {
                Closeness.AssertClose(Part(y, run, runs), model.Predict(features), depth: 16, name, scale: 1);
            }

            if (slopes.Length > 0)
            {
                Gradients gradients = GradientsOf(model, entry, features, Part(slopes, run, runs));
                foreach (JsonProperty input in entry.GetProperty("dinputs").EnumerateObject())
                {
                    Closeness.AssertClose(Part(input.Value.Doubles(), run, runs), gradients[ValuesOf(entry, input.Name)], depth: 64, $"{name}: {input.Name}", scale: 1);
                }

                foreach ((string parameter, float[] sum) in sums)
                {
                    gradients.TryGetValue(parameter, out float[]? gradient);
                    for (int i = 0; i < (gradient?.Length ?? 0); i++)
                    {
                        sum[i] += gradient![i];
                    }
                }
            }
        }

        foreach ((Parameter parameter, JsonElement values) in slopes.Length == 0 ? [] : own.Zip(entry.GetProperty("dw").EnumerateArray()))
        {
            if (values.ValueKind != JsonValueKind.Null)
            {
                Closeness.AssertClose(values.Doubles(), sums[parameter.Name], depth: 64, $"{name}: {parameter.Name}", scale: 1);
            }
        }

        if (entry.TryGetProperty("after", out JsonElement after))
        {
            // A step so small that only what is remembered of the batch changes.
            model.Compile(new SGD(1e-20f), new LinearLoss(1));
            float[] features = Features(entry, samples, 0, 1);
            model.Fit(new Dataset(features, new float[y.Length], IsMasked(entry) ? 1 : samples), batchSize: samples);
            foreach ((Parameter parameter, JsonElement values) in own.Zip(after.EnumerateArray()))
            {
                Closeness.AssertClose(values.Doubles(), parameter.ToArray(), depth: 16, $"{name}: {parameter.Name} after", scale: 1);
            }
        }
    }

    private static Gradients GradientsOf(Model model, JsonElement entry, float[] features, float[] slopes)
    {
        model.Compile(new SGD(), new LinearLoss(slopes.Length / Shape(entry.GetProperty("y"))[^1]));
        return model.ComputeGradients(new Dataset(features, slopes, IsMasked(entry) ? 1 : Shape(entry.GetProperty("inputs").GetProperty("x"))[0]));
    }

    private static bool IsMasked(JsonElement entry) => entry.TryGetProperty("mask", out _);

    private static bool IsNormalization(JsonElement entry) => entry.GetProperty("attribute").GetString()!.StartsWith("BatchNormalization", StringComparison.Ordinal);

    private static string ValuesOf(JsonElement entry, string input) => $"{input}_values/{(IsMasked(entry) ? "embeddings" : "kernel")}";

    private static T[] Part<T>(T[] values, int part, int parts) => values[(values.Length / parts * part)..(values.Length / parts * (part + 1))];

    // The ids of a run where there is a mask, else one-hot.
    private static float[] Features(JsonElement entry, int samples, int run, int runs) => entry.TryGetProperty("mask", out JsonElement mask)
        ? Part(mask.GetProperty("data").Floats(), run, runs)
        : [.. Enumerable.Range(0, samples * samples).Select(place => place / samples == place % samples ? 1f : 0f)];

    private static string Source(JsonElement entry, string name)
    {
        int[] x = Shape(entry.GetProperty("inputs").GetProperty("x"));
        int[] y = Shape(entry.GetProperty("y"))[1..];
        int joined = IsNormalization(entry) ? x[0] : 1;
        string source = IsMasked(entry)
            ? $"[Network] [Input(\"ids\", {joined * x[1]})] [Embedding(2, {x[2]}, MaskZero = true, Name = \"mask\")] [PositionEmbedding(Name = \"x_values\")] [Add(\"x_values\", \"mask\", Name = \"x\")] "
            : $"[Network] [Input(\"rows\", {x[0]})] ";
        foreach (JsonProperty input in IsMasked(entry) ? [] : entry.GetProperty("inputs").EnumerateObject().ToArray())
        {
            int[] shape = Shape(input.Value)[1..];
            source += $"[Dense({Blueprint.Size(shape)}, UseBias = false, From = \"rows\", Name = \"{input.Name}_values\")] "
                + $"[Reshape({string.Join(", ", shape)}, Name = \"{input.Name}\")] ";
        }

        string attribute = entry.GetProperty("attribute").GetString()!;
        string arguments = attribute.EndsWith(')') ? attribute[..^1] + ", " : attribute + "(";
        return $"{source}[{arguments}From = \"x\", Name = \"own\")] [Reshape({string.Join(", ", [joined * y[0], .. y[1..]])})] public sealed partial class {name};\n";
    }

    private static int[] Shape(JsonElement tensor) => [.. tensor.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32())];
}
