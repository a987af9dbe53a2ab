using Unroll.Interop;
using Unroll.Interop.RTNeuralFiles;

namespace Unroll.Tool;

/// <summary>A model's file by its name's ending.</summary>
internal static class ModelFile
{
    public const string Endings = ".keras, .h5, .onnx, TensorFlow.js's model.json or RTNeural's .json";

    /// <exception cref="InvalidDataException">The ending is of no file that is read.</exception>
    public static ImportedNetwork Import(string path, string? className = null, string? nameSpace = null) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".keras" or ".h5" => Keras.Import(path, className, nameSpace),
        ".onnx" => Onnx.Import(path, className, nameSpace),
        ".json" when RTNeuralFile.Is(path) => RTNeural.Import(path, className, nameSpace),
        ".json" => TensorFlowJs.Import(path, className, nameSpace),
        ".pt" or ".pth" or ".pkl" or ".bin" => throw new InvalidDataException(
            $"{path} is a pickle, a program rather than data, and is not opened. Save the weights with safetensors.torch.save_file, or the model with torch.onnx.export."),
        _ => throw new InvalidDataException($"{path}: {Endings} is expected."),
    };
}
