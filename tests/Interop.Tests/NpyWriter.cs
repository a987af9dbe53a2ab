using System.Buffers.Binary;
using System.Text;

namespace Unroll.Interop.Tests;

/// <summary>Writes arrays as NumPy does.</summary>
internal static class NpyWriter
{
    public static string Write(DirectoryInfo folder, string name, float[] values, int rows, int columns)
    {
        string path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, Bytes($"'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), ", values));
        return path;
    }

    // The format: magic, version, length of the header, header padded to 64 bytes, values.
    public static byte[] Bytes(string header, float[] values)
    {
        byte[] text = Encoding.ASCII.GetBytes($"{{{header}}}".PadRight(117) + "\n");
        byte[] content = [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. text, .. new byte[values.Length * sizeof(float)]];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(content.AsSpan(10 + text.Length + (i * sizeof(float))), values[i]);
        }

        return content;
    }
}
