using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>A whole model in an <c>.h5</c> file.</summary>
internal static class LegacyFile
{
    public static ImportedNetwork Import(KerasImport import)
    {
        using var file = new Hdf5Source(File.ReadAllBytes(import.Path), import.Path);
        if (file.Text("/", "model_config") is not string config)
        {
            string hint = file.Has("/layers") || file.Has("/_layer_checkpoint_dependencies")
                ? "it holds weights alone: load them into a network's class with Keras.LoadWeights"
                : "an .h5 file of model.save holds one";
            throw new InvalidDataException($"{import.Path} has no configuration of a model; {hint}.");
        }

        using JsonDocument document = Parse(config, import.Path);
        return import.Run(document.RootElement, DialectOf(file.Text("/", "keras_version")), new LegacyWeights(file, "/model_weights"));
    }

    // Files of Keras 1 and the first of Keras 2 do not say.
    private static KerasDialect DialectOf(string? version) =>
        version?.StartsWith("3.", StringComparison.Ordinal) == true ? KerasDialect.Keras3Legacy : KerasDialect.Keras2;

    private static JsonDocument Parse(string config, string path)
    {
        try
        {
            return JsonDocument.Parse(config, new JsonDocumentOptions { MaxDepth = 256 });
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: the configuration is not JSON: {exception.Message}", exception);
        }
    }
}
