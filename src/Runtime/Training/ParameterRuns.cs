using Unroll.Compiled;

namespace Unroll;

/// <summary>Which floats of the parameter arena belong to which parameter, padding included.</summary>
internal static class ParameterRuns
{
    public static (int First, int Length)[] Of(NetworkDescription network)
    {
        var runs = new (int First, int Length)[network.Parameters.Count];
        for (int i = 0; i < runs.Length; i++)
        {
            int first = network.Parameters[i].Offset;
            int end = i + 1 < runs.Length ? network.Parameters[i + 1].Offset : network.ParameterFloats;
            runs[i] = (first, end - first);
        }

        return runs;
    }
}
