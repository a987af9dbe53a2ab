namespace Unroll.Serialization;

/// <summary>Holds the offsets of a safetensors header against its shapes and against the data that is really there.</summary>
internal static class SafetensorsLayout
{
    /// <summary>The entries in the order of their data, once it is sure that they cover the data exactly and each fits its shape.</summary>
    /// <param name="entries">The tensors as listed.</param>
    /// <param name="dataLength">The bytes behind the header; null where that cannot be known yet.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="InvalidDataException">Naming the file, the tensor, what was expected and what came.</exception>
    public static IReadOnlyList<SafetensorsEntry> Check(IReadOnlyList<SafetensorsEntry> entries, long? dataLength, string file)
    {
        // Ties are tensors of no elements: by their end, they come before the one that has the bytes.
        SafetensorsEntry[] ordered = [.. entries.OrderBy(static entry => entry.Start).ThenBy(static entry => entry.End)];
        long position = 0;
        foreach (SafetensorsEntry entry in ordered)
        {
            CheckRange(entry, position, dataLength, file);
            CheckSize(entry, file);
            position = entry.End;
        }

        if (dataLength is not null && position != dataLength)
        {
            throw new InvalidDataException($"{file}: the tensors cover {position} bytes of data, but the file holds {dataLength}.");
        }

        return ordered;
    }

    private static void CheckRange(SafetensorsEntry entry, long position, long? dataLength, string file)
    {
        if (entry.End < entry.Start || entry.End > dataLength)
        {
            string room = dataLength is null ? "end before they begin" : $"lie outside the {dataLength} bytes of data in the file";
            throw Invalid(entry, file, $"data may not {room}");
        }

        if (entry.Start != position)
        {
            string problem = entry.Start < position ? "overlaps the tensor before it" : "leaves a hole after the tensor before it";
            throw Invalid(entry, file, $"{problem}: its data must begin at {position}");
        }
    }

    private static void CheckSize(SafetensorsEntry entry, string file)
    {
        long? count = TensorShape.ElementCount(entry.Shape);
        if (count is null)
        {
            string shape = TensorShape.Describe(entry.Shape);
            throw Invalid(entry, file, $"shape {shape} has more than the {Array.MaxLength} elements an array can hold");
        }

        // What a type unknown here takes is not known either; such a tensor is not read.
        if (entry.DataType is ElementType type && entry.End - entry.Start != count * ElementTypes.SizeOf(type))
        {
            throw Invalid(entry, file, $"shape {TensorShape.Describe(entry.Shape)} needs {count * ElementTypes.SizeOf(type)} bytes");
        }
    }

    private static InvalidDataException Invalid(SafetensorsEntry entry, string file, string problem) =>
        new($"{file}: {MessageText.Quote(entry.Name)}: {problem}, but data_offsets are [{entry.Start}, {entry.End}].");
}
