using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>A model's <c>model.json</c>.</summary>
internal sealed class TensorFlowJsFile : IDisposable
{
    private readonly JsonDocument _document;

    private TensorFlowJsFile(JsonDocument document, string path)
    {
        _document = document;
        JsonElement root = document.RootElement;
        if (root.Optional("format") is { ValueKind: JsonValueKind.String } format && format.GetString() == "graph-model")
        {
            throw new InvalidDataException($"{path} is a graph without layers (format graph-model). Export the Keras model as a layers model, or as ONNX.");
        }

        JsonElement topology = root.Member("modelTopology", JsonValueKind.Object, path);
        Config = topology.Optional("model_config") ?? topology;
        Manifest = root.Member("weightsManifest", JsonValueKind.Array, path);
    }

    /// <summary>The object with <c>class_name</c> and <c>config</c>.</summary>
    public JsonElement Config { get; }

    /// <summary>The groups of weights and the files they are in.</summary>
    public JsonElement Manifest { get; }

    public static TensorFlowJsFile Read(string path)
    {
        try
        {
            return new TensorFlowJsFile(JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 256 }), path);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not a model.json: {exception.Message}", exception);
        }
    }

    public void Dispose() => _document.Dispose();
}
