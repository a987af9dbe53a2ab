namespace Unroll.Generator.Planning;

/// <summary>
/// Keeps emitted methods far below the size at which the JIT stops optimizing: 60,000 bytes of IL, 2,000 locals, 8,000 local references.
/// </summary>
internal static class CodeBudget
{
    /// <summary>Calls of kernels in one method. A call is about 150 bytes of IL, at each operand an offset and at each machine a branch.</summary>
    public const int CallsAMethod = 32;

    /// <summary>SIMD vectors of a row that a kernel holds at once; longer rows are looped over.</summary>
    public const int RowVectors = 4;

    /// <summary>Sums side by side in a kernel over the batch.</summary>
    public const int ColumnVectors = 8;

    /// <summary>Cuts a sequence of calls into as many methods as the budget asks for.</summary>
    public static IReadOnlyList<IReadOnlyList<T>> Split<T>(IEnumerable<T> calls)
    {
        var methods = new List<IReadOnlyList<T>>();
        var method = new List<T>();
        foreach (T call in calls)
        {
            if (method.Count == CallsAMethod)
            {
                methods.Add(method);
                method = [];
            }

            method.Add(call);
        }

        if (method.Count > 0)
        {
            methods.Add(method);
        }

        return methods;
    }
}
