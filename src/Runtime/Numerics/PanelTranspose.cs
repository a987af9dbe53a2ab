using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>Transposes a kernel stored in panels of 16 columns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PanelTranspose
{
    private const int Width = 16;

    /// <summary>One panel of wᵀ: its columns part·16.. are rows of w. Padding of wᵀ is left as it is.</summary>
    /// <param name="w">[inputs, units] as [units/16][inputs][16].</param>
    /// <param name="wT">[units, inputs] as [inputs/16][units][16].</param>
    /// <param name="inputs">Rows of w.</param>
    /// <param name="units">Columns of w.</param>
    /// <param name="part">The panel of wᵀ.</param>
    public static void Run(ref float w, ref float wT, int inputs, int units, int part)
    {
        int columns = Math.Min(Width, inputs - (part * Width));
        ref float target = ref Unsafe.Add(ref wT, part * units * Width);
        for (int unit = 0; unit < units; unit++)
        {
            ref float source = ref Unsafe.Add(ref w, (unit / Width * inputs * Width) + (unit % Width) + (part * Width * Width));
            for (int column = 0; column < columns; column++)
            {
                Unsafe.Add(ref target, column) = Unsafe.Add(ref source, column * Width);
            }

            target = ref Unsafe.Add(ref target, Width);
        }
    }
}
