using System.Text.Json;
using System.Text.Unicode;

namespace Unroll.Serialization;

/// <summary>Reads the JSON header of a safetensors file; whatever is not exactly such a header is an <see cref="InvalidDataException"/>.</summary>
internal ref struct SafetensorsHeaderReader
{
    private readonly string _file;
    private Utf8JsonReader _json;

    private SafetensorsHeaderReader(ReadOnlySpan<byte> header, string file)
    {
        _file = file;
        _json = new Utf8JsonReader(header);
    }

    /// <param name="header">The bytes between the length and the data.</param>
    /// <param name="file">The file's name, for messages.</param>
    public static SafetensorsHeader Read(ReadOnlySpan<byte> header, string file)
    {
        // The JSON reader takes any bytes inside a string.
        if (!Utf8.IsValid(header))
        {
            throw new InvalidDataException($"{file}: the header must be UTF-8 text, but is not.");
        }

        if (header is not [(byte)'{', ..])
        {
            throw new InvalidDataException($"{file}: the header must be a JSON object, but does not begin with '{{'.");
        }

        try
        {
            return new SafetensorsHeaderReader(header, file).ReadHeader();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape that is half of a surrogate pair.
            throw new InvalidDataException($"{file}: the header must be JSON, but is malformed: {MessageText.Cut(exception.Message)}", exception);
        }
    }

    private SafetensorsHeader ReadHeader()
    {
        var entries = new List<SafetensorsEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        _json.Read();
        while (NextProperty() is { } name)
        {
            if (!names.Add(name))
            {
                throw new InvalidDataException($"{_file}: the header names {MessageText.Quote(name)} twice.");
            }

            if (entries.Count == SafetensorsHeader.MostTensors)
            {
                throw new InvalidDataException($"{_file}: the header may list at most {SafetensorsHeader.MostTensors} tensors.");
            }

            if (name == SafetensorsHeader.MetadataKey)
            {
                ReadMetadata(metadata);
            }
            else
            {
                entries.Add(ReadEntry(name));
            }
        }

        // Anything but white space after the object is a JsonException.
        _json.Read();
        return new SafetensorsHeader(entries, metadata);
    }

    /// <summary>Moves into the next property of the current object and onto its value; null at the object's end.</summary>
    private string? NextProperty()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        string name = _json.GetString()!;
        _json.Read();
        return name;
    }

    private void ReadMetadata(Dictionary<string, string> metadata)
    {
        Expect(JsonTokenType.StartObject, SafetensorsHeader.MetadataKey, "must be an object");
        while (NextProperty() is { } key)
        {
            Expect(JsonTokenType.String, SafetensorsHeader.MetadataKey, $"the value of {MessageText.Quote(key)} must be text");
            if (metadata.Count == SafetensorsHeader.MostMetadata)
            {
                throw Invalid(SafetensorsHeader.MetadataKey, $"may have at most {SafetensorsHeader.MostMetadata} entries");
            }

            if (!metadata.TryAdd(key, _json.GetString()!))
            {
                throw Invalid(SafetensorsHeader.MetadataKey, $"names {MessageText.Quote(key)} twice");
            }
        }
    }

    private SafetensorsEntry ReadEntry(string tensor)
    {
        Expect(JsonTokenType.StartObject, tensor, "must be an object");
        string? type = null;
        int[]? shape = null;
        long[]? offsets = null;
        while (NextProperty() is { } field)
        {
            switch (field)
            {
                case "dtype" when type is null:
                    Expect(JsonTokenType.String, tensor, "dtype must be text");
                    type = _json.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadShape(tensor);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(tensor, field);
                    break;
                default:
                    throw Invalid(tensor, $"expected dtype, shape and data_offsets once each, but found another {MessageText.Quote(field)}");
            }
        }

        if (type is null || shape is null || offsets is not { Length: 2 })
        {
            throw Invalid(tensor, type is null ? "has no dtype" : shape is null ? "has no shape" : "data_offsets must be two numbers");
        }

        return new SafetensorsEntry(tensor, ElementTypes.Parse(type), type, shape, offsets[0], offsets[1]);
    }

    private int[] ReadShape(string tensor)
    {
        long[] axes = ReadNumbers(tensor, "shape");
        foreach (long axis in axes)
        {
            if (axis > int.MaxValue)
            {
                throw Invalid(tensor, $"an axis of shape may be at most {int.MaxValue}, but is {axis}");
            }
        }

        return Array.ConvertAll(axes, static axis => (int)axis);
    }

    private long[] ReadNumbers(string tensor, string field)
    {
        Expect(JsonTokenType.StartArray, tensor, $"{field} must be an array");
        var numbers = new List<long>();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out long number) || number < 0)
            {
                throw Invalid(tensor, $"{field} must hold whole numbers from 0 to {long.MaxValue}");
            }

            if (numbers.Count == SafetensorsHeader.MostAxes)
            {
                throw Invalid(tensor, $"{field} may have at most {SafetensorsHeader.MostAxes} numbers");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private readonly void Expect(JsonTokenType type, string tensor, string expectation)
    {
        if (_json.TokenType != type)
        {
            throw Invalid(tensor, $"{expectation}, but is {_json.TokenType}");
        }
    }

    private readonly InvalidDataException Invalid(string tensor, string problem) => new($"{_file}: {MessageText.Quote(tensor)}: {problem}.");
}
