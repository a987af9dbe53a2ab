using Unroll.Interop.KerasExport;
using Unroll.Interop.KerasFiles;
using Unroll.Serialization;

namespace Unroll.Interop;

/// <summary>Models of Keras.</summary>
public static class Keras
{
    /// <summary>Reads a <c>.keras</c> file of Keras 3, or an <c>.h5</c> file of Keras 2 or 3: a sequential or functional model and its weights.</summary>
    /// <remarks>
    /// Layers keep their names. Nested models and layers that are called several times become blocks. Memory is bounded by some twenty times
    /// the file's length, whatever the file says about itself. Files of Keras 2 keep the meaning they had there: their <c>hard_sigmoid</c> is
    /// clip(0.2·x + ½, 0, 1).
    /// </remarks>
    /// <param name="path">The file, as <c>model.save</c> writes it; its ending tells its format.</param>
    /// <param name="className">The network's class. Default: the file's name in Pascal case.</param>
    /// <param name="nameSpace">Its namespace. Default: the global one.</param>
    /// <exception cref="ArgumentException">The name of the class or namespace is none in C#.</exception>
    /// <exception cref="ImportException">The model holds what a network cannot represent; all of it is named.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or is something else.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportedNetwork Import(string path, string? className = null, string? nameSpace = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var import = new KerasImport(path, Identifiers.Class(path, className, nameSpace), nameSpace);
        return Path.GetExtension(path).Equals(".h5", StringComparison.OrdinalIgnoreCase) ? LegacyFile.Import(import) : ImportArchive(import);
    }

    /// <summary>Writes a network as a <c>.keras</c> file that <c>keras.models.load_model</c> of Keras 3 opens, whose predictions are the network's.</summary>
    /// <remarks>
    /// A chain of layers becomes a sequential model, anything else a functional one; blocks are expanded, and slashes in names become
    /// underscores. Initializers, penalties and constraints are kept; the model is not compiled.
    /// </remarks>
    /// <param name="model">A network.</param>
    /// <param name="path">The file; a crash leaves the old one or the new one.</param>
    /// <exception cref="ArgumentException">The class is none that the generator compiled.</exception>
    /// <exception cref="ExportException">Keras lacks a layer or an argument; all of it is named, and nothing is written.</exception>
    public static void Export(ModelBase model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(path);
        using var content = new MemoryStream();
        KerasModelWriter.Write(model, content);
        AtomicFile.Write(path, stream => content.WriteTo(stream));
    }

    /// <summary>Puts the weights of a file into a network whose layers are those of the model that saved it, in its order.</summary>
    /// <param name="model">The network; as it was where something is wrong.</param>
    /// <param name="path">
    /// A <c>.weights.h5</c> file of <c>save_weights</c>, or a whole model: <c>.keras</c> or <c>.h5</c>. Blocks stand for models within.
    /// </param>
    /// <exception cref="InvalidDataException">The file is damaged, or its layers or shapes are others.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void LoadWeights(ModelBase model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(path);
        using var file = new Hdf5Source(WeightsOf(path), path);
        new ModelVariables(model, file, path).Load();
    }

    private static byte[] WeightsOf(string path)
    {
        if (!Path.GetExtension(path).Equals(".keras", StringComparison.OrdinalIgnoreCase))
        {
            return File.ReadAllBytes(path);
        }

        using KerasArchive archive = KerasArchive.Read(path);
        return archive.Weights;
    }

    private static ImportedNetwork ImportArchive(KerasImport import)
    {
        using KerasArchive archive = KerasArchive.Read(import.Path);
        using var weights = new Hdf5Source(archive.Weights, import.Path);
        return import.Run(archive.Config.RootElement, KerasDialect.Keras3, new KerasWeights(weights));
    }
}
