using System.Runtime.Intrinsics;

namespace Unroll.Benchmarks;

/// <summary>Measures the processor's limits at the width that this process's kernels run at.</summary>
internal sealed class VectorSpeed
{
    private const int FloatsAStep = 128;
    private const int RoundsACall = 4096;

    // Keeps the compiler from leaving out sums that nobody reads.
    private static float s_sink;

    private readonly Func<int, float> _multiplyAdd;
    private readonly Func<AlignedFloats, int, float> _read;
    private readonly Action<AlignedFloats, AlignedFloats, AlignedFloats, int> _triad;

    private VectorSpeed(
        int bits,
        Func<int, float> multiplyAdd,
        Func<AlignedFloats, int, float> read,
        Action<AlignedFloats, AlignedFloats, AlignedFloats, int> triad)
    {
        Bits = bits;
        _multiplyAdd = multiplyAdd;
        _read = read;
        _triad = triad;
    }

    /// <summary>The one that generated code would choose.</summary>
    public static VectorSpeed Widest { get; } =
        Vector512.IsHardwareAccelerated ? Of<Width512, Vector512<float>>(512)
        : Vector256.IsHardwareAccelerated ? Of<Width256, Vector256<float>>(256)
        : Of<Width128, Vector128<float>>(128);

    public int Bits { get; }

    /// <summary>Multiply-adds of floats a second.</summary>
    public double MultiplyAdds(double seconds)
    {
        double microseconds = Repetition.MedianMicroseconds(() => s_sink += _multiplyAdd(RoundsACall), seconds);
        return (double)RoundsACall * ProcessorLimits.Accumulators * (Bits / 32) / microseconds * 1e6;
    }

    /// <summary>Reads and writes arrays of a size, over and over.</summary>
    public MemoryLevel Level(string name, long holds, long bytes, double seconds)
    {
        int length = (int)(bytes / sizeof(float) / FloatsAStep * FloatsAStep);
        int third = length / 3 / FloatsAStep * FloatsAStep;
        double read = Read(length, seconds);
        AlignedFloats a = new(third), b = new(third, 1f), c = new(third, 1f);
        double triad = 3.0 * third * sizeof(float) / Repetition.MedianMicroseconds(() => _triad(a, b, c, third), seconds) * 1e6;
        return new MemoryLevel(name, holds, read, triad);
    }

    private double Read(int length, double seconds)
    {
        var x = new AlignedFloats(length, 1f);
        return (double)length * sizeof(float) / Repetition.MedianMicroseconds(() => s_sink += _read(x, length), seconds) * 1e6;
    }

    private static VectorSpeed Of<TWidth, TVector>(int bits)
        where TWidth : IVectorWidth<TVector>
        where TVector : struct => new(
            bits,
            ProcessorLimits.MultiplyAdd<TWidth, TVector>,
            static (x, length) => ProcessorLimits.Read<TWidth, TVector>(ref x.First, length),
            static (a, b, c, length) => ProcessorLimits.Triad<TWidth, TVector>(ref a.First, ref b.First, ref c.First, length));
}
