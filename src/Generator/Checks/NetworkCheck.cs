using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Checks;

/// <summary>Says what is wrong with a network as a whole, and what is rarely meant. The last stage that meets user errors.</summary>
internal static class NetworkCheck
{
    /// <param name="model">The network as declared.</param>
    /// <param name="shapes">Its shapes, or why it has none.</param>
    public static CheckResult Run(NetworkModel model, ShapeResult shapes)
    {
        EquatableArray<Problem> problems = LayerInputs.AddTo(ProblemsOf(model, shapes).ToEquatableArray(), model);
        return new CheckResult(problems.Any(static problem => problem.IsError) ? null : shapes.Network, problems);
    }

    private static IEnumerable<Problem> ProblemsOf(NetworkModel model, ShapeResult shapes)
    {
        if (shapes.Network is not { } network)
        {
            return [shapes.Error!];
        }

        // What a network costs that is to lose some of its layers is of no interest.
        Problem[] ofValues = [.. ValueUse.Unused(model), .. IdCheck.Of(model)];
        return ofValues.Length > 0
            ? ofValues
            : [.. BudgetCheck.Of(network), .. model.IsStreaming ? StreamCheck.Of(network) : [], .. WeightsCheck.Of(network), .. LayerAdvice.Of(network)];
    }
}
