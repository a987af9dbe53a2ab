using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>Kernels of convolutions in groups, and the same with zeros between the groups; both are stored in panels of 16 columns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KernelGroups
{
    private const int Width = Panels.Width;

    /// <summary>y[k·channels + c, u] = w[k·channels/groups + c mod channels/groups, u] where c and u are of one group, else 0.</summary>
    /// <param name="w">[taps·channels/groups, units].</param>
    /// <param name="y">[taps·channels, units].</param>
    /// <param name="taps">Positions of the window.</param>
    /// <param name="groups">Groups of channels and units.</param>
    /// <param name="channels">Channels of all groups.</param>
    /// <param name="units">Units of all groups.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Expand(ref float w, ref float y, int taps, int groups, int channels, int units)
    {
        int shared = channels / groups;
        for (int tap = 0; tap < taps; tap++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                for (int unit = 0; unit < units; unit++)
                {
                    bool isOwn = unit / (units / groups) == channel / shared;
                    Unsafe.Add(ref y, Place((tap * channels) + channel, unit, taps * channels)) =
                        isOwn ? Unsafe.Add(ref w, Place((tap * shared) + (channel % shared), unit, taps * shared)) : 0f;
                }
            }
        }
    }

    /// <summary>The values of w that <see cref="Expand"/> would have put there from y.</summary>
    /// <param name="w">[taps·channels, units].</param>
    /// <param name="y">[taps·channels/groups, units].</param>
    /// <param name="taps">Positions of the window.</param>
    /// <param name="groups">Groups of channels and units.</param>
    /// <param name="channels">Channels of all groups.</param>
    /// <param name="units">Units of all groups.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pick(ref float w, ref float y, int taps, int groups, int channels, int units)
    {
        int shared = channels / groups;
        for (int tap = 0; tap < taps; tap++)
        {
            for (int channel = 0; channel < shared; channel++)
            {
                for (int unit = 0; unit < units; unit++)
                {
                    int group = unit / (units / groups);
                    Unsafe.Add(ref y, Place((tap * shared) + channel, unit, taps * shared)) =
                        Unsafe.Add(ref w, Place((tap * channels) + (group * shared) + channel, unit, taps * channels));
                }
            }
        }
    }

    private static int Place(int row, int unit, int rows) => (((unit / Width * rows) + row) * Width) + (unit % Width);
}
