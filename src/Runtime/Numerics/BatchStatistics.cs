using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>
/// Work on the statistics of normalization layers: a few values a unit, once a step. Scale and shift of padding stay 0: the least deviation
/// would make of it numbers that overflow.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchStatistics
{
    /// <summary>moving = momentum·moving + (1 − momentum)·batch, for the mean and the (biased) variance of a batch.</summary>
    public static void UpdateMovingAverages(ref float moments, ref float mean, ref float variance, int stride, float momentum)
    {
        for (int unit = 0; unit < stride; unit++)
        {
            Average(ref Unsafe.Add(ref mean, unit), Unsafe.Add(ref moments, unit), momentum);
            Average(ref Unsafe.Add(ref variance, unit), Unsafe.Add(ref moments, stride + unit), momentum);
        }
    }

    /// <summary>(x − mean)/√(variance + ε) as scale and shift.</summary>
    public static void Affine(ref float mean, ref float variance, ref float affine, int units, int stride, float epsilon)
    {
        for (int unit = 0; unit < units; unit++)
        {
            Set(ref affine, unit, stride, Unsafe.Add(ref mean, unit), Deviation(ref variance, unit, epsilon), scale: 1f, center: 0f);
        }
    }

    /// <summary>gamma·(x − mean)/√(variance + ε) as scale and shift.</summary>
    public static void AffineOfScale(ref float mean, ref float variance, ref float gamma, ref float affine, int units, int stride, float epsilon)
    {
        for (int unit = 0; unit < units; unit++)
        {
            Set(
                ref affine, unit, stride, Unsafe.Add(ref mean, unit), Deviation(ref variance, unit, epsilon), Unsafe.Add(ref gamma, unit), center: 0f);
        }
    }

    /// <summary>(x − mean)/√(variance + ε) + beta as scale and shift.</summary>
    public static void AffineOfCenter(ref float mean, ref float variance, ref float beta, ref float affine, int units, int stride, float epsilon)
    {
        for (int unit = 0; unit < units; unit++)
        {
            Set(
                ref affine, unit, stride, Unsafe.Add(ref mean, unit), Deviation(ref variance, unit, epsilon), scale: 1f, Unsafe.Add(ref beta, unit));
        }
    }

    /// <summary>gamma·(x − mean)/√(variance + ε) + beta as scale and shift.</summary>
    public static void AffineOfScaleAndCenter(
        ref float mean, ref float variance, ref float gamma, ref float beta, ref float affine, int units, int stride, float epsilon)
    {
        for (int unit = 0; unit < units; unit++)
        {
            float deviation = Deviation(ref variance, unit, epsilon);
            Set(
                ref affine, unit, stride, Unsafe.Add(ref mean, unit), deviation, Unsafe.Add(ref gamma, unit), Unsafe.Add(ref beta, unit));
        }
    }

    /// <summary>1/max(√variance, least) and the mean, the statistics of <c>keras.layers.Normalization</c>.</summary>
    public static void InverseDeviation(ref float mean, ref float variance, ref float statistics, int units, int stride, float least)
    {
        for (int unit = 0; unit < units; unit++)
        {
            Unsafe.Add(ref statistics, unit) = 1f / Math.Max(MathF.Sqrt(Unsafe.Add(ref variance, unit)), least);
            Unsafe.Add(ref statistics, stride + unit) = Unsafe.Add(ref mean, unit);
        }
    }

    private static float Deviation(ref float variance, int unit, float epsilon) => MathF.Sqrt(Unsafe.Add(ref variance, unit) + epsilon);

    // A batch whose variance overflows must not stay in the average for good.
    private static void Average(ref float moving, float batch, float momentum)
    {
        if (float.IsFinite(batch))
        {
            moving = (momentum * moving) + ((1f - momentum) * batch);
        }
    }

    private static void Set(ref float affine, int unit, int stride, float mean, float deviation, float scale, float center)
    {
        scale /= deviation;
        Unsafe.Add(ref affine, unit) = scale;
        Unsafe.Add(ref affine, stride + unit) = center - (mean * scale);
    }
}
