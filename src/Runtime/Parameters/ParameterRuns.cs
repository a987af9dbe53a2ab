using Unroll.Compiled;

namespace Unroll.Parameters;

/// <summary>Which floats of the parameter arena belong to which parameter, padding included.</summary>
internal static class ParameterRuns
{
    public static (int First, int Length) Of(ParameterDescription parameter) =>
        (parameter.Offset, LogicalShape.SizeOf(parameter.Shape) / parameter.Columns * parameter.StoredColumns);

    // A loop: the JIT compiler would have to compile LINQ for pairs.
    public static (int First, int Length)[] OfTrained(NetworkDescription network)
    {
        ParameterDescription[] trained = [.. network.Parameters.Where(static parameter => parameter.IsTrained)];
        var runs = new (int First, int Length)[trained.Length];
        for (int i = 0; i < runs.Length; i++)
        {
            runs[i] = Of(trained[i]);
        }

        return runs;
    }
}
