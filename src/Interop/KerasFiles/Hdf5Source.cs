using System.Buffers.Binary;
using System.Globalization;
using PureHDF;
using PureHDF.VOL.Native;

namespace Unroll.Interop.KerasFiles;

/// <summary>An HDF5 file whose sizes are believed only as far as there are bytes.</summary>
internal sealed class Hdf5Source : IDisposable
{
    private const int LargestGrowth = 1100;

    private readonly MemoryStream _content;
    private readonly NativeFile _file;
    private readonly string _path;
    private long _left;

    /// <param name="content">The HDF5 file.</param>
    /// <param name="path">For messages.</param>
    public Hdf5Source(byte[] content, string path)
    {
        _path = path;
        if (LengthOf(content) is ulong length && length > (ulong)content.Length)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{path}: the HDF5 file says that it has {length} bytes, and has {content.Length}: it is cut off."));
        }

        // More than deflate can make of a file was never in it.
        _left = Math.Min(Array.MaxLength, (long)content.Length * LargestGrowth);
        _content = new MemoryStream(content, writable: false);
        _file = Guard("the file", () => H5File.Open(_content));
    }

    /// <summary>What the file says of its own length; null where it says nothing in a way that is known.</summary>
    private static ulong? LengthOf(ReadOnlySpan<byte> content)
    {
        // The superblock: behind the signature its version; addresses have eight bytes.
        const int Signature = 8;
        if (content.Length <= Signature + 1)
        {
            return null;
        }

        (int sizeOfAddresses, int end) = content[Signature] switch
        {
            0 => (13, 40),
            1 => (13, 44),
            2 or 3 => (9, 28),
            _ => (0, 0),
        };
        return end > 0 && content.Length >= end + sizeof(ulong) && content[sizeOfAddresses] == sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(content[end..]) : null;
    }

    public void Dispose()
    {
        _file.Dispose();
        _content.Dispose();
    }

    public bool Has(string place) => Guard(place, () => _file.LinkExists(place));

    /// <summary>The names in a group; none where there is no such group.</summary>
    public IReadOnlyList<string> Children(string group) => Guard<IReadOnlyList<string>>(group, () =>
        _file.LinkExists(group) && _file.Get(group) is IH5Group found ? [.. found.Children().Select(static child => child.Name)] : []);

    /// <summary>The datasets, by their paths.</summary>
    public IEnumerable<(string Place, IReadOnlyList<int> Shape)> Datasets(string group = "")
    {
        foreach (string child in Children(group.Length == 0 ? "/" : group))
        {
            string place = $"{group}/{child}";
            if (Guard(place, () => _file.Get(place)) is IH5Dataset dataset)
            {
                yield return (place, Guard(place, () => (IReadOnlyList<int>)[.. dataset.Space.Dimensions.Select(static size => (int)Math.Min(size, int.MaxValue))]));
            }
            else
            {
                foreach ((string Place, IReadOnlyList<int> Shape) inner in Datasets(place))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>The text of an attribute; null where there is none.</summary>
    public string? Text(string group, string attribute) => Guard(attribute, () =>
        _file.Group(group) is IH5Group found && found.AttributeExists(attribute) ? found.Attribute(attribute).Read<string>() : null);

    /// <summary>The texts of an attribute, which is cut into numbered ones where it is long.</summary>
    public IReadOnlyList<string> Texts(string group, string attribute) => Guard<IReadOnlyList<string>>(attribute, () =>
    {
        IH5Group found = _file.Group(group);
        if (found.AttributeExists(attribute))
        {
            return ReadTexts(found, attribute);
        }

        var all = new List<string>();
        for (int part = 0; found.AttributeExists(Numbered(attribute, part)); part++)
        {
            all.AddRange(ReadTexts(found, Numbered(attribute, part)));
        }

        return all;
    });

    /// <summary>Whether a dataset holds whole numbers, as counters do.</summary>
    public bool IsCounter(string place) => Guard(place, () => _file.Dataset(place).Type.Class == H5DataTypeClass.FixedPoint);

    public (IReadOnlyList<int> Shape, float[] Values) Floats(string place) => Guard(place, () =>
    {
        IH5Dataset dataset = _file.Dataset(place);
        if (dataset.Type is not { Class: H5DataTypeClass.FloatingPoint, Size: sizeof(float) })
        {
            throw new InvalidDataException($"{_path}: '{place}' should hold 32-bit floats and holds {dataset.Type.Class} of {dataset.Type.Size} bytes.");
        }

        ulong[] dimensions = dataset.Space.Dimensions;
        decimal bytes = dimensions.Aggregate((decimal)sizeof(float), static (product, size) => Math.Min(product * Math.Min(size, int.MaxValue), 1e18m));
        if (bytes > _left)
        {
            throw new InvalidDataException($"{_path}: '{place}' says that it has the shape [{string.Join(", ", dimensions)}], more than the file can hold.");
        }

        _left -= (long)bytes;
        float[] values = dimensions.Length == 0 ? [dataset.Read<float>()] : dataset.Read<float[]>();
        return values.Length * (decimal)sizeof(float) == bytes
            ? ((IReadOnlyList<int>)[.. dimensions.Select(static size => (int)size)], values)
            : throw new InvalidDataException($"{_path}: '{place}' has {values.Length} values, not those of its shape.");
    });

    // An empty list is written as one of numbers.
    private static string[] ReadTexts(IH5Group group, string attribute) =>
        group.Attribute(attribute) is var found && found.Space.Dimensions.Contains(0UL) ? [] : found.Read<string[]>();

    private static string Numbered(string attribute, int part) => attribute + part.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The library throws whatever it meets in a file that lies, and asks for the memory that an object says it has; here it is one kind of error.
    /// </summary>
    private T Guard<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not InvalidDataException)
        {
            throw new InvalidDataException($"{_path}: {what} cannot be read as HDF5: {exception.Message}", exception);
        }
    }
}
