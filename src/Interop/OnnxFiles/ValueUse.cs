using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>What becomes of a value further on in the graph.</summary>
internal static class ValueUse
{
    /// <summary>Whether a product of two values is made of this one, axes moved and numbers scaled on the way.</summary>
    public static bool LeadsToProduct(OnnxTranslation translation, string value)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([value]);
        while (waiting.TryDequeue(out string? name))
        {
            foreach (NodeProto reader in seen.Add(name) ? translation.Links.Readers(name) : [])
            {
                if (reader.OpType is "MatMul" or "Einsum" or "Attention" && reader.Input.Take(2).All(input => translation.Constant(input) is null))
                {
                    return true;
                }

                if (reader.OpType is "Transpose" or "Reshape" or "Squeeze" or "Unsqueeze" or "Slice" or "Split" or "Gather" or "Identity"
                    || (reader.OpType is "Mul" or "Div" && reader.Input.Any(input => translation.Constant(input) is { Count: 1 })))
                {
                    foreach (string output in reader.Output)
                    {
                        waiting.Enqueue(output);
                    }
                }
            }
        }

        return false;
    }
}
