namespace Unroll.Numerics.Tests;

/// <summary>Some 1.1 million floats: all of the range thinly, the part where functions bend thickly, and the special values.</summary>
internal static class FloatSweep
{
    private static readonly float[] s_special =
    [
        0f, -0f, float.Epsilon, -float.Epsilon, 1.17549435e-38f, -1.17549435e-38f, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, BitConverter.UInt32BitsToSingle(0x7F812345),
        BitConverter.UInt32BitsToSingle(0xFFFFFFFF), 1f, -1f, 0.99999994f, 1.0000001f, -0.99999994f, -1.0000001f, 0.5f, 2f,
        88.72283f, 88.72284f, 89f, -87.33655f, -103.97208f, -103.972084f, -104f, -104.00001f, 0.625f, 0.925f, 1e19f, -1e19f,
    ];

    public static float[] Points { get; } = Enumerate().ToArray();

    private static IEnumerable<float> Enumerate()
    {
        foreach (float special in s_special)
        {
            yield return special;
        }

        const uint wholeStride = 16381;
        for (uint i = 0; i < uint.MaxValue / wholeStride; i++)
        {
            yield return BitConverter.UInt32BitsToSingle(i * wholeStride);
        }

        const uint denseStride = 401;
        uint first = BitConverter.SingleToUInt32Bits(1f / 8192);
        uint last = BitConverter.SingleToUInt32Bits(128f);
        int count = 0;
        for (uint bits = first; bits < last; bits += denseStride, count++)
        {
            float magnitude = BitConverter.UInt32BitsToSingle(bits);
            yield return (count & 1) == 0 ? magnitude : -magnitude;
        }

        int total = s_special.Length + (int)(uint.MaxValue / wholeStride) + count;
        for (int i = total; i % 16 != 0; i++)
        {
            yield return 0f;
        }
    }
}
