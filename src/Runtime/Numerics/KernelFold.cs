using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>Folds a scale and shift a unit, [2, units] in padded rows, into kernels stored in panels of 16 columns, and into biases.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KernelFold
{
    private const int Width = Panels.Width;

    /// <summary>y[k, u] = w[k, u]·scale[u].</summary>
    public static void ScaleColumns(ref float w, ref float affine, ref float y, int inputs, int units)
    {
        for (int panel = 0; panel < units; panel += Width)
        {
            for (int k = 0; k < inputs; k++)
            {
                int row = (panel * inputs) + (k * Width);
                for (int column = 0; column < Width; column++)
                {
                    Unsafe.Add(ref y, row + column) = Unsafe.Add(ref w, row + column) * Unsafe.Add(ref affine, panel + column);
                }
            }
        }
    }

    /// <summary>y[k, u] = scale[k mod channels]·w[k, u].</summary>
    public static void ScaleRows(ref float w, ref float affine, ref float y, int inputs, int units, int channels)
    {
        for (int panel = 0; panel < units; panel += Width)
        {
            for (int k = 0; k < inputs; k++)
            {
                int row = (panel * inputs) + (k * Width);
                float scale = Unsafe.Add(ref affine, k % channels);
                for (int column = 0; column < Width; column++)
                {
                    Unsafe.Add(ref y, row + column) = Unsafe.Add(ref w, row + column) * scale;
                }
            }
        }
    }

    /// <summary>y = shift: what is left of no bias.</summary>
    public static void ScaleBias(ref float affine, ref float y, int stride)
    {
        for (int unit = 0; unit < stride; unit++)
        {
            Unsafe.Add(ref y, unit) = Unsafe.Add(ref affine, stride + unit);
        }
    }

    /// <summary>y = bias·scale + shift.</summary>
    public static void ScaleBias(ref float affine, ref float bias, ref float y, int stride)
    {
        for (int unit = 0; unit < stride; unit++)
        {
            Unsafe.Add(ref y, unit) = (Unsafe.Add(ref bias, unit) * Unsafe.Add(ref affine, unit)) + Unsafe.Add(ref affine, stride + unit);
        }
    }

    /// <summary>y[u] = Σₖ shift[k mod channels]·w[k, u].</summary>
    public static void ShiftBias(ref float w, ref float affine, ref float y, int inputs, int units, int channels)
    {
        ref float shift = ref Unsafe.Add(ref affine, Panels.Padded(channels));
        for (int unit = 0; unit < units; unit++)
        {
            ref float column = ref Unsafe.Add(ref w, (unit / Width * inputs * Width) + (unit % Width));
            double sum = 0;
            for (int k = 0; k < inputs; k++)
            {
                sum += (double)Unsafe.Add(ref shift, k % channels) * Unsafe.Add(ref column, k * Width);
            }

            Unsafe.Add(ref y, unit) = (float)sum;
        }
    }

    /// <summary>y[u] = bias[u] + Σₖ shift[k mod channels]·w[k, u].</summary>
    public static void ShiftBias(ref float w, ref float affine, ref float bias, ref float y, int inputs, int units, int channels)
    {
        ShiftBias(ref w, ref affine, ref y, inputs, units, channels);
        for (int unit = 0; unit < units; unit++)
        {
            Unsafe.Add(ref y, unit) += Unsafe.Add(ref bias, unit);
        }
    }
}
