using Unroll.Generator.Checks;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Frontend;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Incremental;

/// <summary>Everything to report about one network: what the front end found, else what the checks find, and internal failures.</summary>
internal static class ProblemCollector
{
    public static IReadOnlyList<Problem> Collect(ParsedNetwork network, IReadOnlyList<InternalFailure> failures)
    {
        try
        {
            return [.. Find(network, failures)];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            string name = (network.Model ?? network.Draft)?.Header.Name ?? "";
            return [.. network.Problems, InternalFailure.Describe(name, nameof(Checks), exception)];
        }
    }

    private static IEnumerable<Problem> Find(ParsedNetwork network, IReadOnlyList<InternalFailure> failures)
    {
        if (network.Model is not { } model)
        {
            return network.Draft is { } draft ? LayerInputs.AddTo(network.Problems, draft) : network.Problems;
        }

        // The compiler has failed on this network, so running its first stages again may fail as well.
        Problem[] own = [.. failures.Where(failure => IsSameClass(failure.Network, model.Header)).Select(static failure => failure.Problem)];
        return own.Length > 0 ? own : [.. network.Problems, .. NetworkCheck.Run(model, ShapeInference.Run(model)).Problems];
    }

    // The hint name may have been changed to keep files apart.
    private static bool IsSameClass(TypeHeader left, TypeHeader right) => left with { HintName = right.HintName } == right;
}
