using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Layers that compute only a part of what the file takes pieces of, as of the two halves of a gated linear unit.</summary>
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

    private static ImportedTensor Piece(ImportedTensor tensor, int start, int length, int total) => new(
        tensor.Name,
        [.. tensor.Shape.SkipLast(1), length],
        [.. Enumerable.Range(0, tensor.Values.Length / total).SelectMany(row => tensor.Values.AsSpan((row * total) + start, length).ToArray())]);
}
