using Unroll.Generator.Model;
using Unroll.Generator.Planning;
using Unroll.Generator.Shapes;

namespace Unroll.Generator.Emission;

/// <summary>One row a layer: what the header comment shows and the runtime's summary prints.</summary>
internal sealed record LayerRow(string Name, string Kind, Shape Output, long Parameters, long MultiplyAdds);

internal static class LayerTable
{
    public static IReadOnlyList<LayerRow> Of(NetworkPlan plan)
    {
        var rows = new List<LayerRow>();
        foreach (ShapedLayer layer in plan.Network.Layers)
        {
            LayerCost[] costs = [.. LayerCost.Of(EquatableArray.Of(layer))];
            rows.Add(new LayerRow(
                layer.Spec.Name,
                KindOf(layer.Spec),
                layer.Output,
                costs.Sum(static cost => cost.Parameters),
                costs.Sum(static cost => cost.MultiplyAdds)));
        }

        return rows;
    }

    /// <summary>The table as lines for the header comment.</summary>
    public static string Text(NetworkPlan plan)
    {
        IReadOnlyList<LayerRow> rows = Of(plan);
        var lines = new List<string[]> { new[] { "layer", "output", "parameters", "multiply-adds" } };
        lines.Add(["input", plan.Network.Input.ToString(), "", ""]);
        lines.AddRange(rows.Select(static row => new[]
        {
            $"{row.Name} ({row.Kind})", row.Output.ToString(), TextTable.Number(row.Parameters), TextTable.Number(row.MultiplyAdds),
        }));
        lines.Add(["total", "", TextTable.Number(rows.Sum(static row => row.Parameters)), TextTable.Number(rows.Sum(static row => row.MultiplyAdds))]);
        return TextTable.Of(lines, leftAligned: 2);
    }

    public static string KindOf(LayerSpec spec)
    {
        string name = spec.GetType().Name;
        return name.Substring(0, name.Length - "Spec".Length);
    }

    private static string Number(long value) => value.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture);
}
