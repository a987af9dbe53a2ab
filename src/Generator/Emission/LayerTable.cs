using Unroll.Generator.Model;
using Unroll.Generator.Planning;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Emission;

/// <summary>One row a layer: what the header comment shows and the runtime's summary prints.</summary>
internal sealed record LayerRow(string Name, string Kind, EquatableArray<string> Inputs, Shape Output, long Parameters, long MultiplyAdds, Activation Activation);

internal static class LayerTable
{
    public static IReadOnlyList<LayerRow> Of(NetworkPlan plan) =>
    [
        .. plan.Network.Layers.Select(static layer =>
        {
            LayerCost cost = LayerCost.Of(layer);
            return new LayerRow(
                layer.Layer.Name, layer.Layer.Kind, layer.Node.Inputs, layer.Value, cost.Parameters, cost.MultiplyAdds, layer.Layer.Activation);
        }),
    ];

    /// <summary>The table as lines for the header comment.</summary>
    public static string Text(NetworkPlan plan)
    {
        IReadOnlyList<LayerRow> rows = Of(plan);
        bool isStack = IsStack(plan);
        var lines = new List<string[]>
        {
            new[] { "layer", "output", "parameters", "multiply-adds", "reads" },
        };
        lines.AddRange(plan.Network.Model.Inputs.Select(static input => new[] { input.Name, new Shape(input.Shape).ToString(), "", "", "" }));
        lines.AddRange(rows.Select(static row => new[]
        {
            $"{row.Name} ({row.Kind})",
            row.Output.ToString(),
            NumberText.Grouped(row.Parameters),
            NumberText.Grouped(row.MultiplyAdds),
            string.Join(", ", row.Inputs),
        }));
        lines.Add(["total", "", NumberText.Grouped(rows.Sum(static row => row.Parameters)), NumberText.Grouped(rows.Sum(static row => row.MultiplyAdds)), ""]);
        return TextTable.Of(isStack ? [.. lines.Select(static line => line.Take(4).ToArray())] : lines, leftAligned: 2);
    }

    /// <summary>The shapes from the input to the output, for a documentation comment.</summary>
    public static string Chain(NetworkPlan plan)
    {
        IReadOnlyList<LayerRow> rows = Of(plan);
        IEnumerable<string> inputs = plan.Network.Inputs.Select(static input => input.ToString());
        string shapes = IsStack(plan)
            ? string.Join(" → ", inputs.Concat(rows.Select(static row => row.Output.ToString())))
            : $"{string.Join(" and ", inputs)} → {string.Join(" and ", plan.Network.Outputs)}";
        return $"{shapes}, {NumberText.Grouped(rows.Sum(static row => row.Parameters))} parameters";
    }

    // Every layer reads the one above: nobody needs to be told.
    private static bool IsStack(NetworkPlan plan)
    {
        if (plan.Network.Model.Inputs.Count > 1 || plan.Network.Model.Outputs.Count > 1)
        {
            return false;
        }

        string above = plan.Network.Model.Inputs[0].Name;
        foreach (ShapedLayer layer in plan.Network.Layers)
        {
            if (layer.Node.Inputs != EquatableArray.Of(above))
            {
                return false;
            }

            above = layer.Layer.Name;
        }

        return true;
    }
}
