using PureHDF;
using PureHDF.VOL.Native;

namespace Unroll.Interop.KerasFiles;

/// <summary>The variables of layers in a weights file of Keras 3: <c>/layers/dense/vars/0</c>.</summary>
internal sealed class KerasWeights : IDisposable
{
    private const int LargestGrowth = 1100;

    private readonly MemoryStream _content;
    private readonly NativeFile _file;
    private readonly string _path;
    private long _left;

    /// <param name="content">The HDF5 file.</param>
    /// <param name="path">For messages.</param>
    public KerasWeights(byte[] content, string path)
    {
        _path = path;
        // More than deflate can make of a file was never in it.
        _left = Math.Min(Array.MaxLength, (long)content.Length * LargestGrowth);
        _content = new MemoryStream(content, writable: false);
        _file = Guard("the weights", () => H5File.Open(_content));
    }

    public void Dispose()
    {
        _file.Dispose();
        _content.Dispose();
    }

    /// <summary>A group's variables in order; none where there is no such group.</summary>
    /// <param name="group">As <c>layers/dense</c>.</param>
    public IReadOnlyList<(IReadOnlyList<int> Shape, float[] Values)> Variables(string group) => Guard(group, () =>
    {
        string vars = $"/{group}/vars";
        if (!_file.LinkExists(vars))
        {
            return [];
        }

        IH5Group parent = _file.Group(vars);
        var variables = new List<(IReadOnlyList<int>, float[])>();
        for (int i = 0; parent.LinkExists($"{i}"); i++)
        {
            variables.Add(Read(parent.Dataset($"{i}"), $"{group}/vars/{i}"));
        }

        return variables;
    });

    private (IReadOnlyList<int> Shape, float[] Values) Read(IH5Dataset dataset, string name)
    {
        if (dataset.Type is not { Class: H5DataTypeClass.FloatingPoint, Size: sizeof(float) })
        {
            throw new InvalidDataException($"{_path}: '{name}' should hold 32-bit floats and holds {dataset.Type.Class} of {dataset.Type.Size} bytes.");
        }

        ulong[] dimensions = dataset.Space.Dimensions;
        decimal bytes = dimensions.Aggregate((decimal)sizeof(float), static (product, size) => Math.Min(product * Math.Min(size, int.MaxValue), 1e18m));
        if (bytes > _left)
        {
            throw new InvalidDataException($"{_path}: '{name}' says that it has the shape [{string.Join(", ", dimensions)}], more than the file can hold.");
        }

        _left -= (long)bytes;
        float[] values = dimensions.Length == 0 ? [dataset.Read<float>()] : dataset.Read<float[]>();
        return values.Length * (decimal)sizeof(float) == bytes
            ? ([.. dimensions.Select(static size => (int)size)], values)
            : throw new InvalidDataException($"{_path}: '{name}' has {values.Length} values, not those of its shape.");
    }

    /// <summary>The library throws whatever it meets in a file that lies; here it is one kind of error.</summary>
    private T Guard<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (InvalidDataException or OutOfMemoryException))
        {
            throw new InvalidDataException($"{_path}: {what} cannot be read as HDF5: {exception.Message}", exception);
        }
    }
}
