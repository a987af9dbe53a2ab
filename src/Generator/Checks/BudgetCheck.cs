using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Checks;

/// <summary>Compares what a network costs with the budget its author set.</summary>
internal static class BudgetCheck
{
    public static IEnumerable<Problem> Of(ShapedNetwork network)
    {
        LayerCost[] costs = [.. network.Layers.Select(LayerCost.Of)];
        BudgetSpec budget = network.Model.Budget;
        return new[]
        {
            Excess(network, costs, BudgetLimits.Parameters, budget.Parameters, "parameters", static cost => cost.Parameters),
            Excess(network, costs, BudgetLimits.MultiplyAdds, budget.MultiplyAdds, "multiply-adds a sample", static cost => cost.MultiplyAdds),
            Excess(network, costs, BudgetLimits.Bytes, budget.Bytes, "bytes of parameters", static cost => cost.Bytes),
        }.OfType<Problem>();
    }

    private static Problem? Excess(
        ShapedNetwork network, LayerCost[] costs, string argument, long limit, string unit, Func<LayerCost, long> count)
    {
        long total = costs.Sum(count);
        if (total <= limit)
        {
            return null;
        }

        LayerCost greatest = costs.OrderByDescending(count).First();
        return Problem.At(
            Place.Budget(argument),
            DiagnosticDescriptors.OverBudget,
            network.Model.Header.DisplayName,
            NumberText.Grouped(limit),
            unit,
            NumberText.Grouped(total),
            NumberText.Grouped(total - limit),
            greatest.Layer.Layer.Name,
            string.Join(" and ", greatest.Layer.Inputs),
            NumberText.Grouped(count(greatest)));
    }
}
