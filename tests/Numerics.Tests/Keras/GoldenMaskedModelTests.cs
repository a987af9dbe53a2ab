using System.Text.Json;
using Unroll.Numerics.Tests.Harness;
using Unroll.Runtime.Tests;

namespace Unroll.Numerics.Tests.Keras;

/// <summary>Masks from where they arise to where they matter, against Keras 3.16 (tests/golden/keras_masked_models.json).</summary>
public sealed class GoldenMaskedModelTests
{
    private static readonly JsonElement[] s_cases = [.. Golden.Read("keras_masked_models.json").GetProperty("cases").EnumerateArray()];

    private static readonly NetworkLibrary s_library = new(string.Concat(
        s_cases.Select(static (entry, index) => $"{entry.GetProperty("attributes").GetString()} public sealed partial class Masked{index};\n")));

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void AgreesWithKeras(Machine machine)
    {
        for (int index = 0; index < s_cases.Length; index++)
        {
            JsonElement entry = s_cases[index];
            string name = entry.GetProperty("name").GetString()!;
            Model model = s_library.Create($"Masked{index}", machine);
            foreach ((Parameter parameter, JsonElement values) in model.Parameters.Zip(entry.GetProperty("weights").EnumerateArray()))
            {
                parameter.Assign(values.Floats());
            }

            float[] x = entry.GetProperty("x").GetProperty("data").Floats();
            float[] predicted = model.Predict(x);
            int[] given = [.. entry.GetProperty("y").EnumerateArray().Index().Where(static value => value.Item.ValueKind == JsonValueKind.Number).Select(static value => value.Index)];
            Closeness.AssertClose(
                [.. given.Select(value => entry.GetProperty("y")[value].GetDouble())], [.. given.Select(value => predicted[value])], depth: 16, name, scale: 1);

            model.Compile(new SGD(), new LinearLoss(entry.GetProperty("g").GetArrayLength() / model.Network.Outputs[0].Columns));
            Gradients gradients = model.ComputeGradients(new Dataset(x, entry.GetProperty("g").Floats(), entry.GetProperty("x").GetProperty("shape")[0].GetInt32()));
            foreach ((Parameter parameter, JsonElement values) in model.Parameters.Zip(entry.GetProperty("dw").EnumerateArray()))
            {
                Closeness.AssertClose(values.Doubles(), gradients[parameter.Name], depth: 64, $"{name}: {parameter.Name}", scale: 1);
            }
        }
    }
}
