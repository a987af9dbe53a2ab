namespace Unroll.Compiled;

/// <summary>Shapes as the user knows them, of samples and of parameters, without what is padded or packed.</summary>
internal static class LogicalShape
{
    /// <summary>As in messages: <c>28 × 28</c>.</summary>
    public static string Describe(IReadOnlyList<int> shape) => string.Join(" × ", shape);

    /// <summary>How many values there are.</summary>
    public static int SizeOf(IReadOnlyList<int> shape)
    {
        int size = 1;
        // By index: steps of a training ask too, and an enumerator would be an object.
        for (int axis = 0; axis < shape.Count; axis++)
        {
            size *= shape[axis];
        }

        return size;
    }
}
