using System.Text.Json;
using Unroll.Numerics.Tests.Harness;
using Unroll.Runtime.Tests;

namespace Unroll.Numerics.Tests.Networks;

/// <summary>Every merge and the gradients by its inputs, against Keras 3.16 (tests/golden/keras_merging.json).</summary>
/// <remarks>
/// The values of a case are the kernels of a Dense layer without bias that reads the number of the sample as one-hot: their rows are the
/// samples' values, and the gradients of the rows those by the values.
/// </remarks>
public sealed class GoldenMergeTests
{
    private static readonly JsonElement[] s_cases = [.. Golden.Read("keras_merging.json").GetProperty("cases").EnumerateArray()];

    private static readonly NetworkLibrary s_library = new(string.Join("\n", s_cases.Select(static (entry, index) => Source(entry, $"Merge{index}"))));

    public static TheoryData<Machine, int, string> Cases
    {
        get
        {
            var data = new TheoryData<Machine, int, string>();
            foreach (Machine machine in Machines.Tested)
            {
                for (int index = 0; index < s_cases.Length; index++)
                {
                    data.Add(machine, index, s_cases[index].GetProperty("name").GetString()!);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithKeras(Machine machine, int index, string name)
    {
        JsonElement entry = s_cases[index];
        JsonElement expected = entry.GetProperty("outputs")[0];
        int samples = Shape(expected)[0];
        Model model = s_library.Create($"Merge{index}", machine);
        foreach (JsonProperty input in entry.GetProperty("inputs").EnumerateObject())
        {
            Parameter(model, input.Name).Assign(input.Value.GetProperty("data").Floats());
        }

        float[] identity = new float[samples * samples];
        for (int sample = 0; sample < samples; sample++)
        {
            identity[(sample * samples) + sample] = 1f;
        }

        Closeness.AssertClose(expected.GetProperty("data").Doubles(), model.Predict(identity), depth: 16, name);

        float[] slopes = entry.GetProperty("g")[0].GetProperty("data").Floats();
        int vectors = slopes.Length / Shape(expected)[^1] / samples;
        model.Compile(new SGD(), new LinearLoss(samples * vectors));
        Gradients gradients = model.ComputeGradients(new Dataset(identity, slopes, samples));
        foreach (JsonProperty input in entry.GetProperty("grad_inputs").EnumerateObject())
        {
            Closeness.AssertClose(
                input.Value.GetProperty("data").Doubles(), gradients[$"{input.Name}/kernel"], depth: 64, $"{name}: d{input.Name}", scale: 1);
        }
    }

    private static Parameter Parameter(Model model, string layer) => model.Parameters.Single(parameter => parameter.Name == $"{layer}/kernel");

    private static int[] Shape(JsonElement tensor) => [.. tensor.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32())];

    private static string Source(JsonElement entry, string name)
    {
        JsonProperty[] inputs = [.. entry.GetProperty("inputs").EnumerateObject()];
        int samples = Shape(inputs[0].Value)[0];
        IEnumerable<string> layers = inputs.Select(input =>
        {
            int[] shape = Shape(input.Value)[1..];
            string size = string.Join(" * ", shape);
            return $"[Dense({size}, UseBias = false, From = \"input\", Name = \"{input.Name}\")] [Reshape({string.Join(", ", shape)}, Name = \"{input.Name}_value\")]";
        });
        string call = entry.GetProperty("build").GetString()!.Split("layers.")[1];
        string kind = call[..call.IndexOf('(', StringComparison.Ordinal)];
        string values = string.Join(", ", inputs.Select(static input => $"\"{input.Name}_value\""));
        return $"[Network({samples})] {string.Join(" ", layers)} [{kind}({values}{Settings(call[kind.Length..])})] public sealed partial class {name};";
    }

    private static string Settings(string arguments)
    {
        string settings = arguments.Trim('(', ')')
            .Replace("axis=", "Axis = ", StringComparison.Ordinal)
            .Replace("normalize=True", "Normalize = true", StringComparison.Ordinal);
        int axes = settings.IndexOf("axes=", StringComparison.Ordinal);
        if (axes >= 0)
        {
            string rest = settings[(axes + "axes=".Length)..];
            bool isPair = rest.StartsWith('(');
            int end = isPair ? rest.Length : rest.IndexOf(',', StringComparison.Ordinal);
            string list = (end < 0 ? rest : rest[..end]).Trim('(', ')');
            settings = $"Axes = [{list}]{(end < 0 ? "" : rest[end..])}";
        }

        return settings.Length == 0 ? "" : ", " + settings;
    }

    /// <summary>Σ prediction·target, undone of the mean over samples and vectors: its gradient is the target.</summary>
    private sealed class LinearLoss(int count) : Loss
    {
        public override string Name => "linear";

        public override float Evaluate(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
        {
            float sum = 0f;
            for (int i = 0; i < prediction.Length; i++)
            {
                sum += prediction[i] * target[i] * count;
                if (!gradient.IsEmpty)
                {
                    gradient[i] = target[i] * count;
                }
            }

            return sum;
        }
    }
}
