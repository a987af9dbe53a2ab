using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Unroll.Tool;

/// <summary>An array as NumPy's <c>save</c> writes it: floats or whole numbers, little-endian.</summary>
internal sealed partial record NpyFile(IReadOnlyList<int> Shape, float[] Values)
{
    private const int LargestHeader = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <exception cref="InvalidDataException">The file is another, or is cut off.</exception>
    public static NpyFile Read(string path)
    {
        byte[] content = File.ReadAllBytes(path);
        (string header, int start) = Header(content, path);
        string type = TypePattern().Match(header).Groups[1].Value;
        int[]? shape = Shapes(ShapePattern().Match(header).Groups[1].Value);
        Func<ReadOnlySpan<byte>, float>? read = type switch
        {
            "<f4" => BinaryPrimitives.ReadSingleLittleEndian,
            "<f8" => static bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            "<i4" => static bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            "<i8" => static bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            "|u1" => static bytes => bytes[0],
            _ => null,
        };
        if (read is null || shape is null || !OrderPattern().IsMatch(header))
        {
            throw new InvalidDataException($"{path}: an array of <f4, <f8, <i4, <i8 or |u1 is expected, and its header says {header.Trim()}.");
        }

        int size = type[^1] - '0';
        long count = shape.Aggregate(1L, static (product, length) => Math.Min(product * length, int.MaxValue));
        if (content.Length - start != count * size)
        {
            throw new InvalidDataException($"{path}: the shape [{string.Join(", ", shape)}] needs {count * size} bytes, and {content.Length - start} follow the header.");
        }

        var values = new float[count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = read(content.AsSpan(start + (i * size), size));
        }

        return new NpyFile(shape, OrderPattern().Match(header).Groups[1].Value == "True" ? RowMajor(shape, values) : values);
    }

    /// <summary>What has the first axis running fastest, with the last axis running fastest.</summary>
    private static float[] RowMajor(int[] shape, float[] values)
    {
        var moved = new float[values.Length];
        for (int place = 0; place < values.Length; place++)
        {
            int at = 0;
            int rest = place;
            foreach (int size in shape)
            {
                at = (at * size) + (rest % size);
                rest /= size;
            }

            moved[at] = values[place];
        }

        return moved;
    }

    private static (string Text, int End) Header(byte[] content, string path)
    {
        bool isNpy = content.AsSpan().StartsWith(Magic) && content.Length >= 12 && content[6] is 1 or 2 or 3;
        if (isNpy)
        {
            int begin = content[6] == 1 ? 10 : 12;
            uint length = content[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(8)) : BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(8));
            if (length <= LargestHeader && begin + length <= content.Length)
            {
                return (Encoding.UTF8.GetString(content, begin, (int)length), begin + (int)length);
            }
        }

        throw new InvalidDataException($"{path} is not a .npy file, or not all of it is there.");
    }

    private static int[]? Shapes(string text)
    {
        string[] sizes = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int[] shape = [.. sizes.Select(static size => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
        return shape.Contains(-1) ? null : shape;
    }

    [GeneratedRegex(@"'descr':\s*'([^']*)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'fortran_order':\s*(True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape':\s*\(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
