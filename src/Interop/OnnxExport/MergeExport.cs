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
        string?[] masks = [.. call.Inputs.Select(x => x.Shape.Length == call.Layer.Shape.Length ? x.Mask : null)];
        bool isChannelsFirst = masks.All(static mask => mask is null)
            && call.Inputs.All(static x => x.IsChannelsFirst && x.Shape.Length > 1) && call.Inputs.Select(static x => x.Shape.Length).Distinct().Count() == 1;
        string[] inputs = [.. call.Inputs.Select(x => isChannelsFirst ? x.Name : OfRank(call, x))];
        string? mask = MaskExport.Merged(call, masks);
        string y = operation switch
        {
            "Mul" => Product(call, inputs, masks, mask),
            "Max" or "Min" when masks.Any(static mask => mask is not null) => Extreme(call, operation, inputs, masks),
            "Sub" or "Mean" or "Max" or "Min" => call.Add(operation, inputs),
            _ => Chain(call, operation, inputs),
        };
        return new ExportValue(y, call.Layer.Shape, isChannelsFirst) { Mask = mask };
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

    private static string Chain(LayerCall call, string operation, string[] inputs) =>
        inputs.Skip(1).Aggregate(inputs[0], (left, right) => call.Add(operation, left, right));

    // What is masked is no factor, and of what is masked in all nothing is left.
    private static string Product(LayerCall call, string[] inputs, string?[] masks, string? mask)
    {
        string y = Chain(call, "Mul", [.. inputs.Select((x, index) =>
            masks[index] is string own && own != mask ? MaskExport.Where(call, own, x, call.Writer.Number(1)) : x)]);
        return mask is null ? y : MaskExport.Where(call, mask, y, call.Writer.Number(0));
    }

    // What is masked gives way to the other value; where both are, the first stays.
    private static string Extreme(LayerCall call, string operation, string[] inputs, string?[] masks)
    {
        string y = inputs[0];
        string? mask = masks[0];
        for (int index = 1; index < inputs.Length; index++)
        {
            string other = masks[index] is string own ? MaskExport.Where(call, own, inputs[index], y) : inputs[index];
            y = call.Add(operation, mask is null ? y : MaskExport.Where(call, mask, y, other), other);
            mask = MaskExport.Merged(call, [mask, masks[index]]);
        }

        return y;
    }

    /// <summary>With axes of size 1 between the batch and its own, so that axes meet from the last on.</summary>
    private static string OfRank(LayerCall call, ExportValue x)
    {
        string name = call.Writer.AsNetwork(x).Name;
        int missing = call.Layer.Shape.Length - x.Shape.Length;
        return missing == 0 ? name : call.Add("Unsqueeze", name, call.Writer.Wholes([.. Enumerable.Range(1, missing).Select(static axis => (long)axis)]));
    }
}
