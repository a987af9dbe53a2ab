using System.Text.Json;
using Unroll.Numerics.Tests.Harness;
using Unroll.Runtime.Tests;

namespace Unroll.Numerics.Tests.Networks;

/// <summary>Attention to itself and to others, against Keras 3.16 (tests/golden/keras_attention.json): outputs and all gradients.</summary>
/// <remarks>
/// The values of a case are the kernels of a Dense layer without bias that reads the number of the sample as one-hot: their rows are the
/// samples' values, and the gradients of the rows those by the values.
/// </remarks>
public sealed class GoldenAttentionTests
{
    private static readonly JsonElement[] s_cases = [.. Golden.Read("keras_attention.json").GetProperty("cases").EnumerateArray()];

    private static readonly NetworkLibrary s_library = new(string.Join("\n", s_cases.Select(static (entry, index) => Source(entry, $"Case{index}"))));

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void AgreesWithKeras(Machine machine)
    {
        for (int index = 0; index < s_cases.Length; index++)
        {
            Check(s_library.Create($"Case{index}", machine), s_cases[index]);
        }
    }

    private static void Check(Model model, JsonElement entry)
    {
        string name = entry.GetProperty("name").GetString()!;
        JsonElement expected = entry.GetProperty("outputs")[0];
        int[] shape = Shape(expected);
        foreach (JsonProperty input in entry.GetProperty("inputs").EnumerateObject())
        {
            model.Parameters[$"{input.Name}/kernel"].Assign(input.Value.GetProperty("data").Floats());
        }

        Parameter[] own = [.. model.Parameters.Where(static parameter => parameter.Name.StartsWith("attend/", StringComparison.Ordinal))];
        JsonElement[] weights = [.. entry.GetProperty("weights").EnumerateArray()];

        // In Keras's order, under its names, of its shapes.
        Assert.Equal(weights.Select(static weight => weight.GetProperty("path").GetString()!.Replace("multi_head_attention", "attend", StringComparison.Ordinal)), own.Select(static parameter => parameter.Name));
        for (int i = 0; i < own.Length; i++)
        {
            JsonElement value = weights[i].GetProperty("value");
            Assert.Equal(Shape(value), own[i].Shape);
            own[i].Assign(value.GetProperty("data").Floats());
        }

        float[] identity = new float[shape[0] * shape[0]];
        for (int sample = 0; sample < shape[0]; sample++)
        {
            identity[(sample * shape[0]) + sample] = 1f;
        }

        Closeness.AssertClose(expected.GetProperty("data").Doubles(), model.Predict(identity), depth: 16, name);

        model.Compile(new SGD(), new LinearLoss(shape[0] * shape[1]));
        Gradients gradients = model.ComputeGradients(new Dataset(identity, entry.GetProperty("g")[0].GetProperty("data").Floats(), shape[0]));
        foreach (JsonProperty input in entry.GetProperty("grad_inputs").EnumerateObject())
        {
            Closeness.AssertClose(
                input.Value.GetProperty("data").Doubles(), gradients[$"{input.Name}/kernel"], depth: 64, $"{name}: d{input.Name}", scale: 1);
        }

        for (int i = 0; i < own.Length; i++)
        {
            Closeness.AssertClose(
                entry.GetProperty("grad_weights")[i].GetProperty("data").Doubles(), gradients[own[i].Name], depth: 64, $"{name}: {own[i].Name}", scale: 1);
        }
    }

    private static int[] Shape(JsonElement tensor) => [.. tensor.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32())];

    private static string Source(JsonElement entry, string name)
    {
        JsonProperty[] inputs = [.. entry.GetProperty("inputs").EnumerateObject()];
        int samples = Shape(inputs[0].Value)[0];
        IEnumerable<string> layers = inputs.Select(input =>
        {
            int[] shape = Shape(input.Value)[1..];
            return $"[Dense({string.Join(" * ", shape)}, UseBias = false, From = \"input\", Name = \"{input.Name}\")] "
                + $"[Reshape({string.Join(", ", shape)}, Name = \"{input.Name}_value\")]";
        });

        // Dropout acts in training only, where Keras's numbers are of inference.
        string arguments = entry.GetProperty("build").GetString()!.Split("MultiHeadAttention(")[1].TrimEnd(')')
            .Replace("value_dim=", "ValueDim = ", StringComparison.Ordinal)
            .Replace("output_shape=", "OutputDim = ", StringComparison.Ordinal)
            .Replace("use_bias=False", "UseBias = false", StringComparison.Ordinal)
            .Replace(", dropout=0.5", "", StringComparison.Ordinal);
        string call = entry.GetProperty("call").GetString()!;
        string reads = string.Concat(call.Split('(', ')')[1].Split(", ").Where(static argument => !argument.Contains('=', StringComparison.Ordinal))
            .Zip(["Query", "Value", "Key"], static (value, argument) => $", {argument} = \"{value}_value\""));
        string causal = call.Contains("use_causal_mask=True", StringComparison.Ordinal) ? ", Causal = true" : "";
        return $"[Network({samples})] {string.Join(" ", layers)} [MultiHeadAttention({arguments}{reads}{causal}, Name = \"attend\")] public sealed partial class {name};";
    }
}
