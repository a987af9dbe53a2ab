using Unroll.Serialization;
using Unroll.Tests;

namespace Unroll.Runtime.Tests.Serialization;

public sealed class SafetensorsFuzzTests
{
    private static readonly int s_rounds = Campaign.Rounds(usually: 20_000, campaign: 1_000_000);

    private static readonly byte[] s_valid = SafetensorsBytes.Make(
        """{"__metadata__":{"a":"b"},"x":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"y":{"dtype":"F32","shape":[],"data_offsets":[24,28]}}""",
        28);

    private static readonly string[] s_tokens =
        ["{", "}", "[", "]", ",", ":", "\"", "\\u", "\\ud800", "null", "true", "-1", "0", "1e9", "9223372036854775807", "\"dtype\"", "\"x\""];

    [Fact]
    public void AnythingElseIsInvalidData()
    {
        var random = new Random(1);
        int refused = 0;
        for (int round = 0; round < s_rounds; round++)
        {
            byte[] file = Mutate(random);
            try
            {
                CheckReadable(SafetensorsBytes.Read(file));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, s_rounds / 2, s_rounds);
    }

    [Fact]
    public void NoiseIsInvalidData()
    {
        var random = new Random(2);
        for (int round = 0; round < s_rounds; round++)
        {
            byte[] file = new byte[random.Next(200)];
            random.NextBytes(file);
            Assert.Throws<InvalidDataException>(() => SafetensorsBytes.Read(file));
        }
    }

    /// <summary>What is read from a mutated file must still hold together.</summary>
    private static void CheckReadable(IReadOnlyList<NamedTensor> tensors)
    {
        foreach (NamedTensor tensor in tensors)
        {
            Assert.Equal(TensorShape.ElementCount(tensor.Shape), tensor.Values.Length);
        }
    }

    private static byte[] Mutate(Random random)
    {
        List<byte> bytes = [.. s_valid];
        for (int edits = random.Next(1, 4); edits > 0; edits--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at - 1, random.Next(8)));
                    break;
                case 3:
                    bytes.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(s_tokens[random.Next(s_tokens.Length)]));
                    break;
                default:
                    bytes.RemoveRange(at + 1, bytes.Count - at - 1);
                    break;
            }
        }

        // Half the files keep a true length, so that mutations reach past that check.
        if (random.Next(2) == 0 && bytes.Count >= 8)
        {
            bytes[0] = (byte)Math.Clamp(bytes.LastIndexOf((byte)'}') - 7, 0, 255);
        }

        return [.. bytes];
    }
}
