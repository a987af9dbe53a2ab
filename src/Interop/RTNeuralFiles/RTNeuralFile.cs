using System.Text.Json;
using Unroll.Interop.KerasFiles;

namespace Unroll.Interop.RTNeuralFiles;

/// <summary>A model's file, whose parts are there but not yet understood.</summary>
internal sealed class RTNeuralFile : IDisposable
{
    private readonly JsonDocument _document;

    private RTNeuralFile(JsonDocument document, string path)
    {
        _document = document;
        if (document.RootElement.Optional("in_shape") is not { ValueKind: JsonValueKind.Array } shape
            || document.RootElement.Optional("layers") is not { ValueKind: JsonValueKind.Array } layers)
        {
            throw new InvalidDataException($"{path} is no model of RTNeural: an object with in_shape and layers is expected.");
        }

        InputShape = [.. shape.EnumerateArray().Select(static size => size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out int number) ? number : 0)];
        Layers = [.. layers.EnumerateArray()];
    }

    /// <summary>With the batch; 0 where the file leaves a size open.</summary>
    public IReadOnlyList<int> InputShape { get; }

    public IReadOnlyList<JsonElement> Layers { get; }

    /// <summary>Whether a JSON file says that it is one.</summary>
    public static bool Is(string path)
    {
        using JsonDocument document = Parse(path);
        return document.RootElement.Optional("in_shape") is not null;
    }

    public static RTNeuralFile Read(string path) => new(Parse(path), path);

    public void Dispose() => _document.Dispose();

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is no JSON: {exception.Message}", exception);
        }
    }
}
