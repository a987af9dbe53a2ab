using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>The weights of a <c>model.json</c>, found by name: trainable ones come first there, whatever layer they are of.</summary>
internal sealed class TensorFlowJsWeights : IKerasVariables
{
    private readonly Dictionary<string, (IReadOnlyList<int> Shape, float[] Values)> _weights = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly string _path;
    private readonly List<string> _files = [];

    /// <param name="manifest">The groups.</param>
    /// <param name="path">The file they are in, beside which their bytes lie.</param>
    public TensorFlowJsWeights(JsonElement manifest, string path)
    {
        _path = path;
        foreach (JsonElement group in manifest.EnumerateArray())
        {
            byte[] content = [.. group.Member("paths", JsonValueKind.Array, path).EnumerateArray().SelectMany(name => Shard(name))];
            int place = 0;
            foreach (JsonElement weight in group.Member("weights", JsonValueKind.Array, path).EnumerateArray())
            {
                Add(weight, content, ref place);
            }

            if (place != content.Length)
            {
                throw Wrong($"the files of a group have {content.Length.ToString(CultureInfo.InvariantCulture)} bytes, and its weights {place.ToString(CultureInfo.InvariantCulture)}");
            }
        }
    }

    public IReadOnlyList<(IReadOnlyList<int> Shape, float[] Values)> Variables(KerasLayer layer) =>
        [.. _names.Where(name => name.Split('/')[..^1].Contains(layer.Name, StringComparer.Ordinal)).Select(name => _weights[name])];

    public string Place(KerasLayer layer) => layer.Name;

    public IReadOnlyList<string> Files => _files;

    private string Beside(string name)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_path))!, name);
        _files.Add(path);
        return path;
    }

    private byte[] Shard(JsonElement name)
    {
        string text = name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
        return text.Length > 0 && text == Path.GetFileName(text) && text is not ("." or "..")
            ? File.ReadAllBytes(Beside(text))
            : throw Wrong($"weights are in files beside it, and it names {Json.Short(name)}");
    }

    private void Add(JsonElement weight, byte[] content, ref int place)
    {
        string name = weight.Text("name", _path);
        int[] shape = JsonValues.Convert(weight.Member("shape", JsonValueKind.Array, name), typeof(int[])) as int[] ?? throw Wrong($"{name} has no shape of whole numbers");
        string type = weight.Text("dtype", name);
        JsonElement? quantization = weight.Optional("quantization");
        string stored = quantization?.Text("dtype", name) ?? type;
        int size = stored switch
        {
            "float32" => 4,
            "float16" or "uint16" => 2,
            "uint8" => 1,
            _ => throw Wrong($"{name} is of type {stored}; float32, float16, uint8 and uint16 are read"),
        };
        long count = shape.Aggregate(1L, static (product, length) => length < 0 ? long.MaxValue : Math.Min(product * length, int.MaxValue));
        if (type != "float32" || count * size > content.Length - place)
        {
            throw Wrong($"{name} [{string.Join(", ", shape)}] of {type} has not its bytes in the files");
        }

        ReadOnlySpan<byte> bytes = content.AsSpan(place, (int)count * size);
        place += bytes.Length;
        float scale = Number(quantization, "scale", 1);
        float least = Number(quantization, "min", 0);
        var values = new float[count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = stored switch
            {
                "float32" => MemoryMarshal.Read<float>(bytes[(i * size)..]),
                "float16" => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(i * size)..]),
                "uint16" => (scale * BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * size)..])) + least,
                _ => (scale * bytes[i]) + least,
            };
        }

        if (!_weights.TryAdd(name, (shape, values)))
        {
            throw Wrong($"two weights are called {name}");
        }

        _names.Add(name);
    }

    private float Number(JsonElement? quantization, string name, float fallback) => quantization?.Optional(name) is not JsonElement value ? fallback
        : value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out float number) ? number
        : throw Wrong($"{name} of a quantization should be a number and is {Json.Short(value)}");

    private InvalidDataException Wrong(string what) => new($"{_path}: {what}.");
}
