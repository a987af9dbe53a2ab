using System.Text.Json;
using Unroll.Numerics.Tests.Harness;
using Unroll.Runtime.Tests;

namespace Unroll.Numerics.Tests.Keras;

/// <summary>
/// Initial states, outputs that are 0 at masked steps, and normalization of batches with masks, against Keras 3.16
/// (tests/golden/keras_states.json): outputs, moving statistics and all gradients, those of the states included.
/// </summary>
/// <remarks>
/// Each input of a case is the kernel of a Dense layer that reads the number of the sample as one-hot; a mask is that of ids whose vectors are
/// zeros, which are added.
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
        foreach (JsonProperty input in entry.GetProperty("inputs").EnumerateObject())
        {
            model.Parameters.Single(parameter => parameter.Name == $"{input.Name}_values/kernel").Assign(input.Value.GetProperty("data").Floats());
        }

        Parameter[] own = [.. model.Parameters.Where(static parameter => parameter.Name.StartsWith("own/", StringComparison.Ordinal))];
        foreach ((Parameter parameter, JsonElement weight) in own.Zip(entry.GetProperty("weights").EnumerateArray()))
        {
            parameter.Assign(weight.GetProperty("data").Floats());
        }

        Parameter? ids = model.Parameters.SingleOrDefault(static parameter => parameter.Name == "mask/embeddings");
        ids?.Assign(new float[ids.ToArray().Length]);
        float[] features = Features(entry, samples);
        JsonElement y = entry.GetProperty("y");
        if (!entry.GetProperty("training").GetBoolean())
        {
            Closeness.AssertClose(y.GetProperty("data").Doubles(), model.Predict(features), depth: 16, name, scale: 1);
        }

        if (entry.GetProperty("gradients").GetBoolean())
        {
            CheckGradients(model, entry, own, features, samples, name);
        }

        if (entry.TryGetProperty("after", out JsonElement after))
        {
            // A step so small that only what is remembered of the batch changes.
            model.Compile(new SGD(1e-20f), new LinearLoss(1));
            model.Fit(new Dataset(features, new float[y.GetProperty("data").GetArrayLength()], samples), batchSize: samples);
            foreach ((Parameter parameter, JsonElement values) in own.Zip(after.EnumerateArray()))
            {
                Closeness.AssertClose(values.Doubles(), parameter.ToArray(), depth: 16, $"{name}: {parameter.Name} after", scale: 1);
            }
        }
    }

    private static void CheckGradients(Model model, JsonElement entry, Parameter[] own, float[] features, int samples, string name)
    {
        float[] slopes = entry.GetProperty("g").Floats();
        model.Compile(new SGD(), new LinearLoss(slopes.Length / Shape(entry.GetProperty("y"))[^1]));
        Gradients gradients = model.ComputeGradients(new Dataset(features, slopes, samples));
        foreach (JsonProperty input in entry.GetProperty("dinputs").EnumerateObject())
        {
            Closeness.AssertClose(input.Value.Doubles(), gradients[$"{input.Name}_values/kernel"], depth: 64, $"{name}: {input.Name}", scale: 1);
        }

        foreach ((Parameter parameter, JsonElement values) in own.Zip(entry.GetProperty("dw").EnumerateArray()))
        {
            if (values.ValueKind != JsonValueKind.Null)
            {
                Closeness.AssertClose(values.Doubles(), gradients[parameter.Name], depth: 64, $"{name}: {parameter.Name}", scale: 1);
            }
        }
    }

    // One-hot, and behind it the ids.
    private static float[] Features(JsonElement entry, int samples)
    {
        float[] mask = entry.TryGetProperty("mask", out JsonElement given) ? given.GetProperty("data").Floats() : [];
        int steps = mask.Length / samples;
        float[] features = new float[samples * (samples + steps)];
        for (int sample = 0; sample < samples; sample++)
        {
            Span<float> row = features.AsSpan(sample * (samples + steps), samples + steps);
            row[sample] = 1f;
            mask.AsSpan(sample * steps, steps).CopyTo(row[samples..]);
        }

        return features;
    }

    private static string Source(JsonElement entry, string name)
    {
        bool isMasked = entry.TryGetProperty("mask", out JsonElement mask);
        int samples = Shape(entry.GetProperty("inputs").GetProperty("x"))[0];
        int[] y = Shape(entry.GetProperty("y"))[1..];
        string source = $"[Network] [Input(\"rows\", {samples})] {(isMasked ? $"[Input(\"ids\", {Shape(mask)[1]})] " : "")}";
        foreach (JsonProperty input in entry.GetProperty("inputs").EnumerateObject())
        {
            int[] shape = Shape(input.Value)[1..];
            bool isAdded = isMasked && input.Name == "x";
            source += $"[Dense({Blueprint.Size(shape)}, UseBias = false, From = \"rows\", Name = \"{input.Name}_values\")] "
                + $"[Reshape({string.Join(", ", shape)}, Name = \"{input.Name}{(isAdded ? "_alone" : "")}\")] "
                + (isAdded ? $"[Embedding(2, {shape[^1]}, MaskZero = true, From = \"ids\", Name = \"mask\")] [Add(\"x_alone\", \"mask\", Name = \"x\")] " : "");
        }

        string attribute = entry.GetProperty("attribute").GetString()!;
        string arguments = attribute.EndsWith(')') ? attribute[..^1] + ", " : attribute + "(";
        return $"{source}[{arguments}From = \"x\", Name = \"own\")] [Reshape({string.Join(", ", y)})] public sealed partial class {name};\n";
    }

    private static int[] Shape(JsonElement tensor) => [.. tensor.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32())];
}
