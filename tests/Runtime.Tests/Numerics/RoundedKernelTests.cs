using System.Runtime.Intrinsics;
using Unroll.Numerics;
using Unroll.Serialization;

namespace Unroll.Runtime.Tests.Numerics;

/// <summary>Kernels in 16 bits: rounded as weights files are, which have tests of their own, and where rows lie.</summary>
public sealed class RoundedKernelTests
{
    private const int Width = 16;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 16)]
    [InlineData(15, 17)]
    [InlineData(33, 100)]
    public void PairsHaveTwoRowsInALane(int inputs, int units)
    {
        int panels = (units + Width - 1) / Width;
        float[] w = Values(panels * inputs * Width);
        int pairs = (inputs + 1) / 2;
        float[] packed = new float[panels * pairs * Width];
        RoundedKernel.RoundPairs(ref w[0], ref packed[0], inputs, units);

        for (int panel = 0; panel < panels; panel++)
        {
            for (int row = 0; row < 2 * pairs; row++)
            {
                for (int column = 0; column < Width; column++)
                {
                    uint lane = BitConverter.SingleToUInt32Bits(packed[(((panel * pairs) + (row / 2)) * Width) + column]);
                    uint expected = row < inputs ? UpperHalf(w[(((panel * inputs) + row) * Width) + column]) : 0;
                    Assert.Equal(expected, row % 2 == 0 ? lane & 0xFFFF : lane >> 16);
                }
            }
        }
    }

    [Fact]
    public void FloatsKeepTheirUpperHalf()
    {
        float[] w = Values(33 * Width);
        float[] rounded = new float[w.Length];
        RoundedKernel.Round(ref w[0], ref rounded[0], w.Length);

        Assert.Equal(w.Select(static value => UpperHalf(value) << 16), rounded.Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void BothRowsAreWidened()
    {
        float[] w = [.. Values(2 * Width).Select(static value => float.IsNaN(value) ? 1f : value)];
        float[] pairs = new float[Width];
        float[] rounded = new float[w.Length];
        RoundedKernel.RoundPairs(ref w[0], ref pairs[0], inputs: 2, Width);
        RoundedKernel.Round(ref w[0], ref rounded[0], w.Length);

        Assert.Equal(Vector512.Create(rounded), RoundedKernel.First(Vector512.Create(pairs)));
        Assert.Equal(Vector512.Create(rounded, Width), RoundedKernel.Second(Vector512.Create(pairs)));
        Assert.Equal(Vector256.Create(rounded), RoundedKernel.First(Vector256.Create(pairs)));
        Assert.Equal(Vector256.Create(rounded, Width), RoundedKernel.Second(Vector256.Create(pairs)));
        Assert.Equal(Vector128.Create(rounded), RoundedKernel.First(Vector128.Create(pairs)));
        Assert.Equal(Vector128.Create(rounded, Width), RoundedKernel.Second(Vector128.Create(pairs)));
    }

    // All kinds of bits, ties and numbers that are none among them.
    private static float[] Values(int count)
    {
        var random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            uint bits = (uint)random.NextInt64(1L << 32);
            values[i] = BitConverter.UInt32BitsToSingle((i % 7) switch
            {
                0 => (bits & 0xFFFF_0000) | 0x8000,
                1 => (bits & 0x8000_0000) | 0x7F80_0000,
                2 => (bits & 0x8000_FFFF) | 0x7F80_0001,
                3 => (bits & 0x807F_FFFF) | 0x7F00_0000,
                4 => bits & 0x807F_FFFF,
                _ => bits,
            });
        }

        return values;
    }

    private static uint UpperHalf(float value)
    {
        byte[] bytes = new byte[2];
        ElementTypes.Encode(ElementType.BF16, [value], bytes);
        return (uint)(bytes[0] | (bytes[1] << 8));
    }
}
