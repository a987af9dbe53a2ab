namespace Unroll.Interop;

/// <summary>Values whose axes change places.</summary>
internal static class AxisOrder
{
    /// <param name="values">Row-major.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="axes">For each axis of the result the one it was; axes of size 1 may be left out.</param>
    public static float[] Move(float[] values, IReadOnlyList<int> shape, IReadOnlyList<int> axes)
    {
        int[] strides = new int[shape.Count];
        for (int axis = shape.Count - 1, stride = 1; axis >= 0; stride *= shape[axis--])
        {
            strides[axis] = stride;
        }

        var moved = new float[values.Length];
        int[] index = new int[axes.Count];
        for (int to = 0, from = 0; to < moved.Length; to++)
        {
            moved[to] = values[from];
            for (int axis = axes.Count - 1; axis >= 0; axis--)
            {
                from += strides[axes[axis]];
                if (++index[axis] < shape[axes[axis]])
                {
                    break;
                }

                from -= index[axis] * strides[axes[axis]];
                index[axis] = 0;
            }
        }

        return moved;
    }
}
