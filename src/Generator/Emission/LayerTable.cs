using Unroll.Generator.Graph;
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
            string name = layer.Spec.Name;
            long parameters = plan.Parameters.Parameters
                .Where(parameter => parameter.Spec.Name.StartsWith(name + "/", StringComparison.Ordinal))
                .Sum(static parameter => parameter.Spec.Shape.Size);
            long multiplyAdds = plan.Inference.Graph.Ops
                .Where(op => op.Kind is ProductOp && op.Label.Layer == name)
                .Sum(op => plan.Inference.Kernels[op.Id].MultiplyAdds * op.Shape.Vectors);
            rows.Add(new LayerRow(name, KindOf(layer.Spec), layer.Output, parameters, multiplyAdds));
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

    /// <summary>The shapes from the input to the output, for a documentation comment.</summary>
    public static string Chain(NetworkPlan plan)
    {
        IReadOnlyList<LayerRow> rows = Of(plan);
        IEnumerable<string> shapes = rows.Select(static row => row.Output.ToString()).Prepend(plan.Network.Input.ToString());
        return $"{string.Join(" → ", shapes)}, {TextTable.Number(rows.Sum(static row => row.Parameters))} parameters";
    }

    private static string KindOf(LayerSpec spec)
    {
        string name = spec.GetType().Name;
        return name.Substring(0, name.Length - "Spec".Length);
    }
}
