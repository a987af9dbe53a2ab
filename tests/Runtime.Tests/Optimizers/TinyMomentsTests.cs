using System.Runtime.Intrinsics;
using Unroll.Numerics;
using Unroll.Optimizers;

namespace Unroll.Runtime.Tests.Optimizers;

public class TinyMomentsTests
{
    private const float LeastGradient = 1.0842022e-19f;
    private const float LeastFirst = 2.524355e-29f;
    private const float LeastSecond = 1e-36f;

    public static TheoryData<int> Widths => [128, 256, 512];

    [Theory]
    [MemberData(nameof(Widths))]
    public void AGradientStaysWhereItsSquareIsNormal(int width)
    {
        Assert.True(float.IsNormal(LeastGradient * LeastGradient));
        Assert.Equal(LeastGradient, Kept(width, LeastGradient).Gradient);
        Assert.Equal(-LeastGradient, Kept(width, -LeastGradient).Gradient);
        Assert.Equal(0f, Kept(width, MathF.BitDecrement(LeastGradient)).Gradient);
        Assert.Equal(0f, Kept(width, -1e-40f).Gradient);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void AFirstMomentIsFlushedLongBeforeItIsDenormal(int width)
    {
        Assert.Equal(LeastFirst, Kept(width, LeastFirst).First);
        Assert.Equal(-LeastFirst, Kept(width, -LeastFirst).First);
        Assert.Equal(0f, Kept(width, MathF.BitDecrement(LeastFirst)).First);
        Assert.Equal(1f, Kept(width, 1f).First);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void ASecondMomentIsRaised(int width)
    {
        Assert.Equal(LeastSecond, Kept(width, 0f).Second);
        Assert.Equal(LeastSecond, Kept(width, 1e-40f).Second);
        Assert.Equal(2e-36f, Kept(width, 2e-36f).Second);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void NaNAndInfinityPass(int width)
    {
        foreach (float value in new[] { float.NaN, -float.NaN, float.PositiveInfinity })
        {
            Assert.Equal((value, value, value), Kept(width, value));
        }
    }

    private static (float Gradient, float First, float Second) Kept(int width, float value)
    {
        Assert.SkipUnless(
            width == 128 || (width == 256 ? Vector256.IsHardwareAccelerated : Vector512.IsHardwareAccelerated),
            $"This processor has no vectors of {width} bits.");
        return width switch
        {
            512 => Kept<Simd512, Vector512<float>>(value),
            256 => Kept<Simd256, Vector256<float>>(value),
            _ => Kept<Simd128, Vector128<float>>(value),
        };
    }

    private static (float Gradient, float First, float Second) Kept<S, V>(float value)
        where S : struct, ISimd<V>
        where V : struct
    {
        V x = S.Broadcast(value);
        return (
            LastLane<S, V>(TinyMoments<S, V>.FlushGradient(x)),
            LastLane<S, V>(TinyMoments<S, V>.FlushFirst(x)),
            LastLane<S, V>(TinyMoments<S, V>.RaiseSecond(x)));
    }

    private static float LastLane<S, V>(V vector)
        where S : struct, ISimd<V>
        where V : struct
    {
        float[] lanes = new float[S.Count];
        S.Store(vector, ref lanes[0], 0);
        return lanes[^1];
    }
}
