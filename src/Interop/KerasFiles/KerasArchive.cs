using System.IO.Compression;
using System.Text.Json;

namespace Unroll.Interop.KerasFiles;

/// <summary>The members of a <c>.keras</c> file, read within bounds.</summary>
/// <remarks>
/// What a member may hold is bounded by the file's own length, whatever its directory says: weights hardly compress, and one that grows a
/// hundredfold is no model.
/// </remarks>
internal sealed class KerasArchive : IDisposable
{
    private const long LargestConfig = 64L << 20;
    private const long AlwaysAllowed = 16L << 20;
    private const int LargestGrowth = 20;

    private KerasArchive(JsonDocument config, byte[] weights)
    {
        Config = config;
        Weights = weights;
    }

    public JsonDocument Config { get; }

    /// <summary>The HDF5 file within.</summary>
    public byte[] Weights { get; }

    public static KerasArchive Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            long bound = Math.Min(Array.MaxLength, AlwaysAllowed + (LargestGrowth * file.Length));
            byte[] config = Member(zip, "config.json", Math.Min(LargestConfig, bound), path);
            CheckVersion(zip, path, bound);
            byte[] weights = Member(zip, "model.weights.h5", bound, path);
            return new KerasArchive(Parse(config, "config.json", path), weights);
        }
        catch (InvalidDataException exception) when (!exception.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} is not a .keras file, or not all of it is there: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is ArgumentException or EndOfStreamException or OverflowException or NotSupportedException)
        {
            throw new InvalidDataException($"{path} is not a .keras file, or not all of it is there: {exception.Message}", exception);
        }
    }

    public void Dispose() => Config.Dispose();

    /// <summary>Keras 2.12 and later wrote files of this name whose weights are elsewhere.</summary>
    private static void CheckVersion(ZipArchive zip, string path, long bound)
    {
        if (zip.GetEntry("metadata.json") is null)
        {
            return;
        }

        using JsonDocument metadata = Parse(Member(zip, "metadata.json", Math.Min(1 << 20, bound), path), "metadata.json", path);
        string? version = metadata.RootElement.Optional("keras_version") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        if (version is not null && !version.StartsWith("3.", StringComparison.Ordinal))
        {
            throw new InvalidDataException(
                $"{path}: written by Keras {version[..Math.Min(20, version.Length)]}; files of Keras 3 are read. Load it in Keras 3 and save it again.");
        }
    }

    private static byte[] Member(ZipArchive zip, string name, long bound, string path)
    {
        ZipArchiveEntry entry = zip.GetEntry(name) ?? throw new InvalidDataException($"{path}: '{name}' is missing; a .keras file holds it.");
        if (entry.Length > bound)
        {
            throw TooLarge(path, name, bound);
        }

        using Stream stream = entry.Open();
        using var content = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (content.Length + read > bound)
            {
                throw TooLarge(path, name, bound);
            }

            content.Write(buffer, 0, read);
        }

        return content.Length == entry.Length
            ? content.ToArray()
            : throw new InvalidDataException($"{path}: '{name}' should have {entry.Length} bytes and has {content.Length}.");
    }

    private static InvalidDataException TooLarge(string path, string name, long bound) =>
        new($"{path}: '{name}' unpacks to more than {bound} bytes, which no model in a file of this size needs.");

    private static JsonDocument Parse(byte[] content, string name, string path)
    {
        try
        {
            return JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = 256 });
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: '{name}' is not JSON: {exception.Message}", exception);
        }
    }
}
