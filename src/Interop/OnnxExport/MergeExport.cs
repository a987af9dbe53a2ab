namespace Unroll.Interop.OnnxExport;

/// <summary>Layers of several inputs.</summary>
internal static class MergeExport
{
    public static ExportValue Elementwise(LayerCall call)
    {
        string operation = call.Layer.Kind switch
        {
            "Add" or "Residual" => "Add",
            "Subtract" => "Sub",
            "Multiply" => "Mul",
            "Average" => "Mean",
            "Maximum" => "Max",
            _ => "Min",
        };
        bool isChannelsFirst = call.Inputs.All(static x => x.IsChannelsFirst && x.Shape.Length > 1) && call.Inputs.Select(static x => x.Shape.Length).Distinct().Count() == 1;
        string[] inputs = [.. call.Inputs.Select(x => isChannelsFirst ? x.Name : OfRank(call, x))];
        string y = operation is "Sub" || inputs.Length == 1 ? call.Add(operation, inputs)
            : operation is "Mean" or "Max" or "Min" ? call.Add(operation, inputs)
            : inputs.Skip(1).Aggregate(inputs[0], (sum, next) => call.Add(operation, sum, next));
        return new ExportValue(y, call.Layer.Shape, isChannelsFirst);
    }

    public static ExportValue Concatenate(LayerCall call)
    {
        int axis = call.Axes()[0];
        string[] inputs = [.. call.Inputs.Select(x => call.Writer.AsNetwork(x).Name)];
        bool isChannelsFirst = axis == call.InputShape.Length - 1 && call.Inputs.All(static x => x.IsChannelsFirst);
        return isChannelsFirst
            ? call.GiveChannelsFirst(call.Add("Concat", [.. call.Inputs.Select(static x => x.Name)], ("axis", 1)))
            : call.Give(call.Add("Concat", inputs, ("axis", axis + 1)));
    }

    /// <summary>Matrices whose rows are summed along, as an Einstein sum.</summary>
    public static ExportValue Dot(LayerCall call)
    {
        int[] axes = call.Layer.PerAxis("Axes", 2);
        var operands = new List<string>();
        var letters = new List<string>();
        for (int i = 0; i < 2; i++)
        {
            int rank = call.Inputs[i].Shape.Length;
            int axis = axes[i] < 0 ? axes[i] + rank : axes[i] - 1;
            string x = call.Writer.AsNetwork(call.Inputs[i]).Name;
            operands.Add(call.Layer.Argument<bool>("Normalize") ? NormalizationExport.Unit(call, x, [axis + 1]) : x);
            letters.Add(string.Concat(Enumerable.Range(0, rank).Select(place => place == axis ? "k" : i == 0 ? "a" : "b")));
        }

        string left = string.Concat(letters).Replace("k", "", StringComparison.Ordinal);
        string y = call.Add("Einsum", [.. operands], ("equation", $"n{letters[0]},n{letters[1]}->n{left}"));
        return call.Give(left.Length > 0 ? y : call.Add("Unsqueeze", y, call.Writer.Wholes(1)));
    }

    /// <summary>With axes of size 1 between the batch and its own, so that axes meet from the last on.</summary>
    private static string OfRank(LayerCall call, ExportValue x)
    {
        string name = call.Writer.AsNetwork(x).Name;
        int missing = call.Layer.Shape.Length - x.Shape.Length;
        return missing == 0 ? name : call.Add("Unsqueeze", name, call.Writer.Wholes([.. Enumerable.Range(1, missing).Select(static axis => (long)axis)]));
    }
}
