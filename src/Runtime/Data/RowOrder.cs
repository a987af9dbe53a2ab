namespace Unroll.Data;

/// <summary>The order in which rows are taken.</summary>
internal static class RowOrder
{
    public static int[] Identity(int count)
    {
        int[] order = new int[count];
        for (int row = 0; row < count; row++)
        {
            order[row] = row;
        }

        return order;
    }
}
