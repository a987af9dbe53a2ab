using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Parts of the values of a layer, as the two halves of a gated linear unit: by a layer that computes these alone, or cut out.</summary>
internal static class PartialLayers
{
    /// <summary>The part as the value of a layer of its own.</summary>
    /// <returns>Null where the layer's values are not computed each by itself.</returns>
    public static LooseValue? Of(OnnxCall call, LooseValue value)
    {
        if (value.Part is not (int start, int length, int total) || value.Node.Attribute is not { } whole)
        {
            return null;
        }

        string? size = whole.Kind switch { "Dense" => "units", "Conv1D" or "Conv2D" when whole.Get("Groups") is null or 1 => "filters", _ => null };
        bool isByItself = size is not null && whole.Get("activation") is not (Activation.Softmax or Activation.LogSoftmax) && whole.Get(size) is int all && all == total;
        if (!isByItself)
        {
            return null;
        }

        var key = (value.Node, start, length);
        if (!call.Translation.Parts.TryGetValue(key, out NetworkNode? part))
        {
            part = call.Translation.Add(whole.With(size!, length), null, value.Node.Inputs);
            part.Parameters.AddRange(value.Node.Parameters.Select(tensor => Piece(tensor, start, length, total)));
            call.Translation.Parts.Add(key, part);
        }

        return value with { Node = part, Part = null };
    }

    /// <summary>The part cut out of the whole, as an edge is cut off an image.</summary>
    /// <returns>Null where another layer has to complete the whole first.</returns>
    public static LooseValue? Cut(OnnxCall call, LooseValue value)
    {
        if (value.Part is not (int start, int length, int total) || value.Reversed is not null || value.LastOf is not null || call.Translation.Pending(value.Node) is not null)
        {
            return null;
        }

        int[] shape = [.. value.Class.Select(Factor.Product)];
        int[] image = [shape[..^1].Aggregate(1, static (product, size) => product * size), total, 1];
        int[] axes = Layouts.AsFile(image.Length);
        OnnxValue apart = Layouts.Reshape(call, new OnnxValue(value.Node, image, axes), image, axes);
        OnnxValue cut = Margins.Cut(call, apart, new WindowPads([0, start], [0, total - start - length]));
        return value with { Node = Layouts.Reshape(call, cut, shape, Layouts.AsFile(shape.Length)).Node, Part = null };
    }

    private static ImportedTensor Piece(ImportedTensor tensor, int start, int length, int total) => new(
        tensor.Name,
        [.. tensor.Shape.SkipLast(1), length],
        [.. Enumerable.Range(0, tensor.Values.Length / total).SelectMany(row => tensor.Values.AsSpan((row * total) + start, length).ToArray())]);
}
