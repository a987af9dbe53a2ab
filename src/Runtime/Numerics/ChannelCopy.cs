using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>Repeats channels one after another, and adds them up again.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChannelCopy
{
    /// <summary>y[p, c·count + m] = x[p, c] for each m below <paramref name="count"/>; padding of y becomes 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Repeat(ref float x, ref float y, nuint samples, int pixels, int channels, int count, int xStride, int yStride)
    {
        for (nuint pixel = samples * (nuint)pixels; pixel != 0; pixel--)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                for (int i = 0; i < count; i++)
                {
                    Unsafe.Add(ref y, (channel * count) + i) = Unsafe.Add(ref x, channel);
                }
            }

            for (int i = channels * count; i < yStride; i++)
            {
                Unsafe.Add(ref y, i) = 0f;
            }

            x = ref Unsafe.Add(ref x, xStride);
            y = ref Unsafe.Add(ref y, yStride);
        }
    }

    /// <summary>y[p, c] = Σ x[p, c·count + m] over m below <paramref name="count"/>; padding of y becomes 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(ref float x, ref float y, nuint samples, int pixels, int channels, int count, int xStride, int yStride)
    {
        for (nuint pixel = samples * (nuint)pixels; pixel != 0; pixel--)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                float sum = 0f;
                for (int i = 0; i < count; i++)
                {
                    sum += Unsafe.Add(ref x, (channel * count) + i);
                }

                Unsafe.Add(ref y, channel) = sum;
            }

            for (int i = channels; i < yStride; i++)
            {
                Unsafe.Add(ref y, i) = 0f;
            }

            x = ref Unsafe.Add(ref x, xStride);
            y = ref Unsafe.Add(ref y, yStride);
        }
    }
}
