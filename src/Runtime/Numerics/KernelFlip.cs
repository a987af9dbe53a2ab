using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>The kernel of a transposed convolution, from the convolution's; both are stored in panels of 16 columns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KernelFlip
{
    private const int Width = Panels.Width;

    /// <summary>y[(taps − 1 − k)·units + u, c] = w[k·channels + c, u]. Padding of y becomes 0.</summary>
    /// <param name="w">[taps·channels, units] as [units/16][taps·channels][16].</param>
    /// <param name="y">[taps·units, channels] as [channels/16][taps·units][16].</param>
    /// <param name="taps">Positions of the window.</param>
    /// <param name="channels">Columns of y.</param>
    /// <param name="units">Columns of w.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float w, ref float y, int taps, int channels, int units)
    {
        for (int panel = 0; panel < channels; panel += Width)
        {
            int columns = Math.Min(Width, channels - panel);
            for (int tap = taps - 1; tap >= 0; tap--)
            {
                for (int unit = 0; unit < units; unit++)
                {
                    ref float source = ref Unsafe.Add(
                        ref w, (unit / Width * taps * channels * Width) + (((tap * channels) + panel) * Width) + (unit % Width));
                    for (int column = 0; column < columns; column++)
                    {
                        Unsafe.Add(ref y, column) = Unsafe.Add(ref source, column * Width);
                    }

                    for (int column = columns; column < Width; column++)
                    {
                        Unsafe.Add(ref y, column) = 0f;
                    }

                    y = ref Unsafe.Add(ref y, Width);
                }
            }
        }
    }

    /// <summary>The <paramref name="rows"/> rows of w from the last to the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReverseRows(ref float w, ref float y, int rows, int stride)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < stride; i++)
            {
                Unsafe.Add(ref y, (row * stride) + i) = Unsafe.Add(ref w, ((rows - 1 - row) * stride) + i);
            }
        }
    }
}
