namespace Unroll.Numerics;

/// <summary>How values lie side by side: vectors are padded to a multiple of the width, and kernels stored in panels of so many columns.</summary>
internal static class Panels
{
    /// <summary>The floats of the widest vector there is, 512 bits.</summary>
    public const int Width = 16;

    /// <summary>The least multiple of the width that holds so many columns.</summary>
    public static int Padded(int columns) => (columns + Width - 1) / Width * Width;
}
