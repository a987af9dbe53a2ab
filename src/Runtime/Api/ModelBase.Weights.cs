using Unroll.Arguments;
using Unroll.Memory;
using Unroll.Serialization;

namespace Unroll;

/// <content>What writes and reads weights files.</content>
public abstract partial class ModelBase
{
    /// <summary>Writes all parameters to a safetensors file. A crash leaves the old file or the new one, never a part.</summary>
    /// <remarks>
    /// A symbolic link is followed; mode and owner of a file that is replaced stay. Temporary files that killed processes left in its folder
    /// are removed.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be written, or the path names a directory, a device or a pipe; the file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only or somebody else's, or its folder may not be written.</exception>
    /// <exception cref="InvalidOperationException">A parameter is NaN, or another thread trains the model or changes its parameters.</exception>
    public void Save(string path) => Save(path, WeightsDataType.Float32);

    /// <summary>The same, with numbers of a type that is chosen.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dataType">The type of the numbers; those of 16 bits round to nearest, ties to even, and load by conversion.</param>
    /// <exception cref="ArgumentException">A parameter is larger than the type can hold.</exception>
    /// <inheritdoc cref="Save(string)"/>
    public void Save(string path, WeightsDataType dataType)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using ParameterAccess.Reading reading = _access.Read(nameof(Save));
        ModelWeights.Save(Parameters, path, dataType);
    }

    /// <summary>Writes all parameters in the safetensors format to a stream, from its position on; the stream stays open.</summary>
    /// <param name="stream">Need not be able to seek.</param>
    /// <param name="dataType">The type of the numbers.</param>
    /// <exception cref="ArgumentException">The stream cannot be written, or a parameter is larger than the type can hold.</exception>
    /// <exception cref="InvalidOperationException">A parameter is NaN, or another thread trains the model or changes its parameters; nothing is
    /// written.</exception>
    public void Save(Stream stream, WeightsDataType dataType = WeightsDataType.Float32)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
        {
            throw new ArgumentException("The stream cannot be written.", nameof(stream));
        }

        using ParameterAccess.Reading reading = _access.Read(nameof(Save));
        ModelWeights.Save(Parameters, stream, dataType);
    }

    /// <summary>Replaces all parameters by those of a file that <see cref="Save(string)"/> wrote; on an error none is changed.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, its parameters differ by name, shape or type, or one is NaN; the message
    /// says which.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model, predicts with it or changes its parameters.</exception>
    public void LoadWeights(string path) => LoadWeights(path, WeightsMatching.Exact);

    /// <summary>Replaces parameters by those of a file, and tells what was left out; on an error none is changed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="matching">Whether all parameters must be there and nothing else, or only those that agree are loaded.</param>
    /// <param name="convert">Whether numbers of half and double precision and <c>BF16</c> are loaded too, rounded to single precision.</param>
    /// <example><code>
    /// LoadedWeights loaded = model.LoadWeights("base.safetensors", WeightsMatching.NameAndShape);
    /// Console.WriteLine(loaded);
    /// </code></example>
    /// <exception cref="ArgumentOutOfRangeException">There is no such <paramref name="matching"/>.</exception>
    /// <inheritdoc cref="LoadWeights(string)"/>
    public LoadedWeights LoadWeights(string path, WeightsMatching matching, bool convert = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Require.Defined(matching);
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        LoadedWeights loaded = ModelWeights.Load(Parameters, _access, reader, path, matching, convert);
        _weightsPath = loaded.IsComplete ? Path.GetFullPath(path) : null;
        return loaded;
    }

    /// <summary>Replaces parameters by those in a stream, and tells what was left out; on an error none is changed.</summary>
    /// <param name="stream">Read from its position to its end, where the file must end too; need not be able to seek, and stays open.</param>
    /// <param name="matching">Whether all parameters must be there and nothing else, or only those that agree are loaded.</param>
    /// <param name="convert">Whether numbers of half and double precision and <c>BF16</c> are loaded too, rounded to single precision.</param>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    /// <exception cref="InvalidDataException">The data are damaged, their parameters differ by name, shape or type, or one is NaN; the
    /// message says which.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model, predicts with it or changes its parameters.</exception>
    public LoadedWeights LoadWeights(Stream stream, WeightsMatching matching = WeightsMatching.Exact, bool convert = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Require.Defined(matching);
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        }

        const string Name = "The stream";
        using SafetensorsReader reader = SafetensorsReader.Open(stream, Name);
        return ModelWeights.Load(Parameters, _access, reader, Name, matching, convert);
    }
}
