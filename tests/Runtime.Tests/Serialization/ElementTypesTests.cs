using Unroll.Serialization;

namespace Unroll.Runtime.Tests.Serialization;

/// <summary>Conversions of numbers between single precision and the types of files.</summary>
public sealed class ElementTypesTests
{
    [Fact]
    public void EveryHalfComesBack()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            float value = Decode(ElementType.F16, [(byte)bits, (byte)(bits >> 8)]);
            Assert.Equal((float)BitConverter.UInt16BitsToHalf((ushort)bits), value);
            if (!float.IsNaN(value))
            {
                Assert.Equal([(byte)bits, (byte)(bits >> 8)], Encode(ElementType.F16, value));
            }
        }
    }

    /// <summary>Expected: the nearer of the two neighbours, and of equally near ones the even.</summary>
    [Fact]
    public void SixteenUpperBitsAreTheNearestOrTheEven()
    {
        var random = new Random(1);
        for (int round = 0; round < 100_000; round++)
        {
            uint bits = round < 40_000 ? ((uint)round << 16) | (round % 2 == 0 ? 0x8000u : 0x7FFFu) : (uint)random.NextInt64(uint.MaxValue);
            float value = BitConverter.UInt32BitsToSingle(bits);
            if (!float.IsFinite(value))
            {
                continue;
            }

            double below = BitConverter.UInt32BitsToSingle(bits & 0xFFFF_0000), exact = value;
            uint up = (bits & 0xFFFF_0000) + 0x1_0000;
            double above = (up & 0x7FFF_FFFF) == 0x7F80_0000 ? Math.CopySign(Math.Pow(2, 128), value) : BitConverter.UInt32BitsToSingle(up);
            bool goesUp = Math.Abs(above - exact) < Math.Abs(exact - below) || (Math.Abs(above - exact) == Math.Abs(exact - below) && (up & 0x1_0000) == 0);
            uint expected = goesUp ? up >> 16 : bits >> 16;

            Assert.Equal([(byte)expected, (byte)(expected >> 8)], Encode(ElementType.BF16, value));
            Assert.Equal((up & 0x7FFF_FFFF) != 0x7F80_0000 || !goesUp, ElementTypes.CanHold(ElementType.BF16, value));
        }
    }

    [Theory]
    [InlineData(65504f, true)]
    [InlineData(65519.996f, true)]
    [InlineData(65520f, false)]
    [InlineData(-1e30f, false)]
    [InlineData(float.PositiveInfinity, true)]
    public void WhatHalvesHold(float value, bool expected) => Assert.Equal(expected, ElementTypes.CanHold(ElementType.F16, value));

    [Fact]
    public void DoublesRoundAndThoseTooLargeAreFound()
    {
        Assert.Equal((float)Math.PI, Decode(ElementType.F64, BitConverter.GetBytes(Math.PI)));
        Assert.Equal(-1, ElementTypes.FirstTooLarge([.. BitConverter.GetBytes(double.PositiveInfinity), .. BitConverter.GetBytes(1e38)]));
        Assert.Equal(1, ElementTypes.FirstTooLarge([.. BitConverter.GetBytes(double.NaN), .. BitConverter.GetBytes(-1e39)]));
    }

    private static float Decode(ElementType type, byte[] bytes)
    {
        float[] value = new float[1];
        ElementTypes.Decode(type, bytes, value);
        return value[0];
    }

    private static byte[] Encode(ElementType type, float value)
    {
        byte[] bytes = new byte[ElementTypes.SizeOf(type)];
        ElementTypes.Encode(type, [value], bytes);
        return bytes;
    }
}
