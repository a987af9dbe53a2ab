namespace Unroll.Numerics;

/// <summary>How an image goes on between its pixels and beyond its edges.</summary>
internal readonly record struct ImageEdge(FillMode Fill, Interpolation Interpolation)
{
    /// <summary>The pixels that make the one at (row, column) of the result.</summary>
    public ImagePlace Place(in ImageMap map, int row, int column, int rows, int columns, int stride)
    {
        Neighbours vertical = Along((map.RowByRow * row) + (map.RowByColumn * column) + map.FirstRow, rows);
        Neighbours horizontal = Along((map.ColumnByRow * row) + (map.ColumnByColumn * column) + map.FirstColumn, columns);
        int upper = vertical.Before * columns;
        int lower = vertical.After * columns;
        return new ImagePlace(
            (upper + horizontal.Before) * stride,
            (upper + horizontal.After) * stride,
            (lower + horizontal.Before) * stride,
            (lower + horizontal.After) * stride,
            vertical.BeforeShare * horizontal.BeforeShare,
            vertical.BeforeShare * horizontal.AfterShare,
            vertical.AfterShare * horizontal.BeforeShare,
            vertical.AfterShare * horizontal.AfterShare,
            1f - ((vertical.BeforeShare + vertical.AfterShare) * (horizontal.BeforeShare + horizontal.AfterShare)));
    }

    private Neighbours Along(double coordinate, int count)
    {
        if (Interpolation == Interpolation.Nearest)
        {
            int nearest = Inside((int)Math.Floor(coordinate + 0.5), count);
            return nearest < 0 ? default : new Neighbours(nearest, nearest, 1f, 0f);
        }

        double floor = Math.Floor(coordinate);
        float share = (float)(coordinate - floor);
        int before = Inside((int)floor, count);
        int after = Inside((int)floor + 1, count);
        return new Neighbours(Math.Max(before, 0), Math.Max(after, 0), before < 0 ? 0f : 1f - share, after < 0 ? 0f : share);
    }

    // −1 where nothing but the fill value is.
    private int Inside(int index, int count)
    {
        if ((uint)index < (uint)count)
        {
            return index;
        }

        switch (Fill)
        {
            case FillMode.Constant:
                return -1;
            case FillMode.Nearest:
                return index < 0 ? 0 : count - 1;
            case FillMode.Wrap:
                return Modulo(index, count);
            default:
                int mirrored = Modulo(index, 2 * count);
                return mirrored < count ? mirrored : (2 * count) - 1 - mirrored;
        }
    }

    private static int Modulo(int index, int count) => ((index % count) + count) % count;

    /// <summary>Two pixels along an axis and their shares, 0 where they are outside.</summary>
    private readonly record struct Neighbours(int Before, int After, float BeforeShare, float AfterShare);
}

/// <summary>The four pixels around a place, as floats from the first of the image, their shares, and the share of what is outside.</summary>
internal readonly record struct ImagePlace(
    int UpperLeft,
    int UpperRight,
    int LowerLeft,
    int LowerRight,
    float UpperLeftShare,
    float UpperRightShare,
    float LowerLeftShare,
    float LowerRightShare,
    float Outside);
