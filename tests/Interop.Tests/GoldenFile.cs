using System.Text.Json;
using Unroll.Runtime.Tests;

namespace Unroll.Interop.Tests;

/// <summary>A model file that Keras wrote, with inputs and what Keras predicts for them.</summary>
internal sealed class GoldenFile(string name)
{
    private readonly JsonElement _record = Golden.Read($"files/{name}.json");

    public string Path { get; } = PathOf(name);

    /// <summary>By the names of the file where it has several.</summary>
    public IReadOnlyDictionary<string, float[]> Inputs => Named(_record.GetProperty("input"));

    public IReadOnlyDictionary<string, float[]> Outputs => Named(_record.GetProperty("output"));

    /// <summary>The weights by the paths of Keras.</summary>
    public IEnumerable<(string Path, float[] Values)> Weights => _record.GetProperty("weights").EnumerateArray()
        .Select(static weight => (weight.GetProperty("path").GetString()!, Data(weight.GetProperty("value"))));

    public static string PathOf(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "golden", "files", name);

    private static Dictionary<string, float[]> Named(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => new() { [""] = Data(value[0]) },
        _ when value.TryGetProperty("data", out _) => new() { [""] = Data(value) },
        _ => value.EnumerateObject().ToDictionary(static member => member.Name, static member => Data(member.Value)),
    };

    private static float[] Data(JsonElement tensor) => tensor.GetProperty("data").Floats();
}
