using Unroll.Interop.RTNeuralFiles;

namespace Unroll.Interop;

/// <summary>Models of RTNeural, the library for networks over sound.</summary>
public static class RTNeural
{
    /// <summary>Reads a <c>.json</c> file as RTNeural's Python scripts write it from Keras: layers over a signal, one after another, and their weights.</summary>
    /// <remarks>
    /// The class is a stream: every layer gives a value at every step, convolutions look back alone, and GRUs reset after the product. RTNeural has
    /// tanh and sigmoid within recurrent layers, and no other functions.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="className">The network's class. Default: the file's name in Pascal case.</param>
    /// <param name="nameSpace">Its namespace. Default: the global one.</param>
    /// <exception cref="ArgumentException">The name of the class or namespace is none in C#.</exception>
    /// <exception cref="ImportException">The model holds what a stream cannot represent; all of it is named.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or is something else.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportedNetwork Import(string path, string? className = null, string? nameSpace = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        string name = Identifiers.Class(path, className, nameSpace);
        using var file = RTNeuralFile.Read(path);
        return new RTNeuralTranslation(file, path).Run(name, nameSpace);
    }
}
