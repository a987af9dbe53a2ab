using System.Buffers.Binary;
using System.Text;

namespace Unroll.Samples;

/// <summary>Sound files of 16-bit samples (RIFF WAVE, PCM).</summary>
internal static class WaveFile
{
    private const int HeaderBytes = 44;
    private const float Full = 32767f;

    /// <summary>The first channel, as numbers from −1 to 1.</summary>
    public static (float[] Samples, int Rate) Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        if (file.Length < HeaderBytes || !file.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !file.AsSpan(8, 4).SequenceEqual("WAVE"u8))
        {
            throw new InvalidDataException($"{path} is no WAVE file.");
        }

        int channels = 0;
        int rate = 0;
        for (int at = 12; at + 8 <= file.Length;)
        {
            ReadOnlySpan<byte> name = file.AsSpan(at, 4);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 4));
            ReadOnlySpan<byte> chunk = file.AsSpan(at + 8, (int)Math.Min(length, (uint)(file.Length - at - 8)));
            if (name.SequenceEqual("fmt "u8) && chunk.Length >= 16)
            {
                channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
                rate = BinaryPrimitives.ReadInt32LittleEndian(chunk[4..]);
                int bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
                if (BinaryPrimitives.ReadUInt16LittleEndian(chunk) != 1 || bits != 16 || channels == 0 || rate <= 0)
                {
                    throw new InvalidDataException($"{path} has samples of {bits} bits in {channels} channels; needed are plain ones of 16 bits.");
                }
            }
            else if (name.SequenceEqual("data"u8) && channels > 0)
            {
                float[] samples = new float[chunk.Length / (2 * channels)];
                for (int i = 0; i < samples.Length; i++)
                {
                    samples[i] = BinaryPrimitives.ReadInt16LittleEndian(chunk[(2 * channels * i)..]) / Full;
                }

                return samples.Length > 0 ? (samples, rate) : throw new InvalidDataException($"{path} has no samples.");
            }

            at = (int)Math.Min(file.Length, at + 8L + length + (length % 2));
        }

        throw new InvalidDataException($"{path} has no samples behind its format.");
    }

    public static void Write(string path, ReadOnlySpan<float> samples, int rate)
    {
        using var writer = new BinaryWriter(File.Create(path), Encoding.ASCII);
        writer.Write("RIFF"u8);
        writer.Write(HeaderBytes - 8 + (2 * samples.Length));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(rate);
        writer.Write(2 * rate);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(2 * samples.Length);
        foreach (float sample in samples)
        {
            writer.Write((short)Math.Clamp(sample * Full, -Full, Full));
        }
    }
}
