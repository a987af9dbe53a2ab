using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unroll.Serialization;

/// <summary>Names and sizes of element types, and their conversions from and to single precision.</summary>
internal static class ElementTypes
{
    /// <summary>The type of a name of the format; null for types that are no floating-point numbers of 16 bits or more.</summary>
    public static ElementType? Parse(string name) => name switch
    {
        nameof(ElementType.F32) => ElementType.F32,
        nameof(ElementType.F64) => ElementType.F64,
        nameof(ElementType.F16) => ElementType.F16,
        nameof(ElementType.BF16) => ElementType.BF16,
        _ => null,
    };

    public static ElementType Of(WeightsDataType type) => type switch
    {
        WeightsDataType.Float32 => ElementType.F32,
        WeightsDataType.Float16 => ElementType.F16,
        WeightsDataType.BFloat16 => ElementType.BF16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, $"There is no {nameof(WeightsDataType)} {type}."),
    };

    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.F64 => sizeof(double),
        ElementType.F32 => sizeof(float),
        _ => sizeof(ushort),
    };

    /// <summary>Whether a number stays what it is but for rounding: whether a finite one stays finite.</summary>
    public static bool CanHold(ElementType type, float value) => !float.IsFinite(value) || type switch
    {
        ElementType.F16 => Half.IsFinite((Half)value),
        ElementType.BF16 => (UpperHalf(value) & 0x7F80) != 0x7F80,
        _ => true,
    };

    /// <summary>Reads as many numbers as <paramref name="values"/> holds; what is too large for single precision becomes infinite.</summary>
    public static void Decode(ElementType type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if (type == ElementType.F32 && BitConverter.IsLittleEndian)
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(values));
            return;
        }

        int size = SizeOf(type);
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = bytes.Slice(i * size, size);
            values[i] = type switch
            {
                ElementType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                ElementType.F32 => BinaryPrimitives.ReadSingleLittleEndian(element),
                ElementType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
            };
        }
    }

    /// <summary>The first number of double precision that is finite, but not in single precision; -1 if there is none.</summary>
    public static int FirstTooLarge(ReadOnlySpan<byte> doubles)
    {
        for (int i = 0; i < doubles.Length / sizeof(double); i++)
        {
            double value = BinaryPrimitives.ReadDoubleLittleEndian(doubles[(i * sizeof(double))..]);
            if (double.IsFinite(value) && !float.IsFinite((float)value))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Writes numbers, rounded to nearest, ties to even.</summary>
    public static void Encode(ElementType type, ReadOnlySpan<float> values, Span<byte> bytes)
    {
        if (type == ElementType.F32 && BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
            return;
        }

        int size = SizeOf(type);
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> element = bytes.Slice(i * size, size);
            switch (type)
            {
                case ElementType.F64:
                    BinaryPrimitives.WriteDoubleLittleEndian(element, values[i]);
                    break;
                case ElementType.F32:
                    BinaryPrimitives.WriteSingleLittleEndian(element, values[i]);
                    break;
                case ElementType.F16:
                    BinaryPrimitives.WriteHalfLittleEndian(element, (Half)values[i]);
                    break;
                default:
                    BinaryPrimitives.WriteUInt16LittleEndian(element, UpperHalf(values[i]));
                    break;
            }
        }
    }

    private static ushort UpperHalf(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);

        // Of a NaN, rounding could make an infinity.
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
