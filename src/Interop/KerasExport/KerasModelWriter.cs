using System.IO.Compression;
using System.Text;
using PureHDF;

namespace Unroll.Interop.KerasExport;

/// <summary>Writes a network as a <c>.keras</c> file.</summary>
internal static class KerasModelWriter
{
    private const string Metadata = """{"keras_version": "3.15.1"}""";

    /// <exception cref="ExportException">Keras lacks layers; all of them are named.</exception>
    public static void Write(ModelBase model, Stream stream)
    {
        var problems = new List<string>();
        var part = new KerasPart(model, KerasGraph.Of(model), Identifiers.SnakeCase(model.GetType().Name), "", problems);
        if (problems.Count > 0)
        {
            throw new ExportException("a .keras file", problems);
        }

        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "metadata.json", Encoding.UTF8.GetBytes(Metadata));
        Add(zip, "config.json", Encoding.UTF8.GetBytes(part.Config().ToJsonString()));
        Add(zip, "model.weights.h5", Weights(part));
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }

    private static byte[] Weights(KerasPart part)
    {
        using var stream = new MemoryStream();
        new H5File { ["layers"] = part.Weights(), ["vars"] = new H5Group() }.Write(stream);
        return stream.ToArray();
    }
}
