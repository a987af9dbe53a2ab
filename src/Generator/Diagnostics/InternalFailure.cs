using Unroll.Generator.Model;

namespace Unroll.Generator.Diagnostics;

/// <summary>A defect of the generator met while compiling one network.</summary>
/// <param name="Network">Which network.</param>
/// <param name="Problem">The report.</param>
internal sealed record InternalFailure(TypeHeader Network, Problem Problem)
{
    public static Problem Describe(string network, string stage, Exception exception) => Problem.At(
        Place.Network,
        DiagnosticDescriptors.InternalError,
        network,
        stage,
        $"{exception.GetType().Name}: {exception.Message.Split('\n')[0].TrimEnd()}");
}
