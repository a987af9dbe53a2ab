using Unroll.Interop.KerasFiles;

namespace Unroll.Interop;

/// <summary>Models of TensorFlow.js.</summary>
public static class TensorFlowJs
{
    /// <summary>Reads a <c>model.json</c> of <c>tf.LayersModel.save</c>, or of the converter from Keras, and the files of weights beside it.</summary>
    /// <remarks>
    /// Its layers mean what they mean in Keras 2: <c>hard_sigmoid</c> is clip(0.2·x + ½, 0, 1). Weights that are quantised to 8 or 16 bits, or
    /// kept as float16, become floats.
    /// </remarks>
    /// <param name="path">The file <c>model.json</c>.</param>
    /// <param name="className">The network's class. Default: the file's name in Pascal case, or its folder's where it is <c>model.json</c>.</param>
    /// <param name="nameSpace">Its namespace. Default: the global one.</param>
    /// <exception cref="ArgumentException">The name of the class or namespace is none in C#.</exception>
    /// <exception cref="ImportException">The model holds what a network cannot represent; all of it is named.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or is something else.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ImportedNetwork Import(string path, string? className = null, string? nameSpace = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        // Every model is called model.json; what it is, its folder says.
        string named = Path.GetFileName(path).Equals("model.json", StringComparison.OrdinalIgnoreCase) ? Path.GetDirectoryName(Path.GetFullPath(path))! : path;
        var import = new KerasImport(path, Identifiers.Class(named, className, nameSpace), nameSpace);
        using var model = TensorFlowJsFile.Read(path);
        return import.Run(model.Config, KerasDialect.TensorFlowJs, new TensorFlowJsWeights(model.Manifest, path));
    }
}
