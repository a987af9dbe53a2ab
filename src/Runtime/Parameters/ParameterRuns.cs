using Unroll.Compiled;

namespace Unroll.Parameters;

/// <summary>Which floats of the parameter arena belong to which parameter, padding included.</summary>
internal static class ParameterRuns
{
    public static (int First, int Length) Of(ParameterDescription parameter) =>
        (parameter.Offset, LogicalShape.SizeOf(parameter.Shape) / parameter.Columns * parameter.StoredColumns);

    public static (int First, int Length)[] OfTrained(NetworkDescription network) =>
        [.. network.Parameters.Where(static parameter => parameter.IsTrained).Select(Of)];
}
