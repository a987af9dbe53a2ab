using System.Text.Json;
using Unroll.Numerics.Tests.Harness;
using Unroll.Runtime.Tests;
using Unroll.Tests;

namespace Unroll.Numerics.Tests.Keras;

/// <summary>Layers against Keras: outputs and all gradients of the cases of a file.</summary>
/// <remarks>
/// The input of a case is the kernel of a Dense layer without bias that reads the number of the sample as one-hot: its rows are the samples'
/// values, and the gradient of the rows that by the values.
/// </remarks>
internal sealed class GoldenCases
{
    private readonly JsonElement[] _cases;
    private readonly NetworkLibrary _library;

    /// <param name="file">The file of tests/golden.</param>
    public GoldenCases(string file)
    {
        _cases = SlowTests.SomeOf<JsonElement>([.. Golden.Read(file).GetProperty("cases").EnumerateArray()]);
        _library = new NetworkLibrary(string.Join("\n", _cases.Select(static (entry, index) => Source(entry, $"Case{index}"))));
    }

    public void Check(Machine machine)
    {
        for (int index = 0; index < _cases.Length; index++)
        {
            Check(_library.Create($"Case{index}", machine), _cases[index]);
        }
    }

    private static void Check(Model model, JsonElement entry)
    {
        string name = $"{entry.GetProperty("name").GetString()}, {entry.GetProperty("attribute").GetString()}";
        int samples = Shape(entry.GetProperty("x"))[0];
        model.Parameters[0].Assign(entry.GetProperty("x").GetProperty("data").Floats());
        foreach (JsonElement weight in entry.GetProperty("weights").EnumerateArray())
        {
            Own(model, weight).Assign(weight.GetProperty("data").Floats());
        }

        float[] identity = new float[samples * samples];
        for (int sample = 0; sample < samples; sample++)
        {
            identity[(sample * samples) + sample] = 1f;
        }

        JsonElement expected = entry.GetProperty("y");
        if (!entry.GetProperty("training").GetBoolean())
        {
            Closeness.AssertClose(expected.GetProperty("data").Doubles(), model.Predict(identity), depth: 16, name, scale: 1);
        }

        if (!entry.GetProperty("gradients").GetBoolean())
        {
            return;
        }

        float[] slopes = entry.GetProperty("g").Floats();
        int vectors = slopes.Length / Shape(expected)[^1];
        model.Compile(new SGD(), new LinearLoss(vectors));
        Gradients gradients = model.ComputeGradients(new Dataset(identity, slopes, samples));
        Closeness.AssertClose([entry.GetProperty("loss").GetDouble()], [gradients.Loss], depth: 64, name + ": loss", scale: 10);
        Closeness.AssertClose(entry.GetProperty("dx").Doubles(), gradients[model.Parameters[0].Name], depth: 64, name + ": dx", scale: 1);
        int index = 0;
        foreach (JsonElement weight in entry.GetProperty("weights").EnumerateArray())
        {
            JsonElement gradient = entry.GetProperty("dw")[index++];
            if (gradient.ValueKind != JsonValueKind.Null)
            {
                Parameter parameter = Own(model, weight);
                Closeness.AssertClose(gradient.Doubles(), gradients[parameter.Name], depth: 64, $"{name}: {parameter.Name}", scale: 1);
            }
        }
    }

    // Of the layer, not of the one that holds the input.
    private static Parameter Own(Model model, JsonElement weight) => model.Parameters.Skip(1)
        .Single(parameter => parameter.Name.EndsWith("/" + weight.GetProperty("name").GetString(), StringComparison.Ordinal));

    private static int[] Shape(JsonElement tensor) => [.. tensor.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32())];

    private static string Source(JsonElement entry, string name)
    {
        int[] shape = Shape(entry.GetProperty("x"));
        string block = entry.TryGetProperty("block", out JsonElement layers)
            ? $"[Block] {layers.GetString()} internal sealed class {BlockOf(entry)};\n"
            : "";
        // A mask would go on into the loss, which weighs every step here; a reshape drops it.
        int[] y = Shape(entry.GetProperty("y"));
        string whole = y.Length > 2 ? $"[Reshape({string.Join(", ", y[1..])})] " : "";
        return $"{block}[Network({shape[0]})] [Dense({string.Join(" * ", shape[1..])}, UseBias = false, Name = \"values\")] "
            + $"[Reshape({string.Join(", ", shape[1..])})] [{entry.GetProperty("attribute").GetString()}] {whole}public sealed partial class {name};";
    }

    // The attribute is generic over it.
    private static string BlockOf(JsonElement entry)
    {
        string attribute = entry.GetProperty("attribute").GetString()!;
        return attribute[(attribute.IndexOf('<', StringComparison.Ordinal) + 1)..attribute.IndexOf('>', StringComparison.Ordinal)];
    }

    /// <summary>Σ prediction·target, undone of the mean over vectors: its gradient is the target.</summary>
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
