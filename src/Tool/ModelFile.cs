using Unroll.Interop;
using Unroll.Interop.PyTorchFiles;
using Unroll.Interop.RTNeuralFiles;

namespace Unroll.Tool;

/// <summary>A model's file by its name's ending.</summary>
internal static class ModelFile
{
    public const string Endings = ".keras, .h5, .onnx, TensorFlow.js's model.json or RTNeural's .json";

    /// <summary>Whether a file holds weights alone, for a class that is there already.</summary>
    public static bool IsWeights(string path) =>
        path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".weights.h5", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="InvalidDataException">The ending is of no file that is read.</exception>
    public static ImportedNetwork Import(string path, string? className = null, string? nameSpace = null)
    {
        Pickle.Refuse(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".keras" or ".h5" => Keras.Import(path, className, nameSpace),
            ".onnx" => Onnx.Import(path, className, nameSpace),
            ".json" when RTNeuralFile.Is(path) => RTNeural.Import(path, className, nameSpace),
            ".json" => TensorFlowJs.Import(path, className, nameSpace),
            _ => throw new InvalidDataException($"{path}: {Endings} is expected."),
        };
    }
}
