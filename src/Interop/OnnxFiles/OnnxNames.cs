using System.Text.RegularExpressions;
using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>What layers were called where the graph was made, as far as exporters keep it.</summary>
internal static partial class OnnxNames
{
    /// <summary>Null where the node has no name but its number.</summary>
    public static string? Of(NodeProto node)
    {
        // PyTorch keeps the module's path in its parameters: encoder.0.weight.
        return node.Input.Skip(1).Select(OfParameter).FirstOrDefault(static name => name is not null) ?? OfScope(node);
    }

    /// <summary>Null where it is none of PyTorch's parameters.</summary>
    public static string? OfParameter(string input) =>
        input.EndsWith(".weight", StringComparison.Ordinal) ? input[..^".weight".Length] : input.EndsWith(".bias", StringComparison.Ordinal) ? input[..^".bias".Length] : null;

    /// <summary>From the scope a node stands in: <c>/encoder/encoder.0/Gemm</c> is <c>encoder.0</c>, <c>model/dense/MatMul</c> <c>model_dense</c>.</summary>
    private static string? OfScope(NodeProto node)
    {
        // PyTorch's newer exporter numbers nodes: node_MatMul_3. TensorFlow has what a saved model runs in a call around it.
        string[] parts = [.. node.Name.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(static part => !part.StartsWith("node_", StringComparison.Ordinal) && !part.StartsWith("StatefulPartitionedCall", StringComparison.Ordinal))];
        if (parts.Length > 0 && OperatorNumber().Replace(parts[^1], "").StartsWith(node.OpType, StringComparison.OrdinalIgnoreCase))
        {
            parts = parts[..^1];
        }

        // A child of a sequence repeats its parent: /a/a.0.
        string[] own = [.. parts.Where((part, index) => index + 1 == parts.Length || !parts[index + 1].StartsWith(part + ".", StringComparison.Ordinal))];
        string name = string.Join('_', own);
        return name.Any(char.IsLetterOrDigit) ? name : null;
    }

    [GeneratedRegex("_?[0-9]*$")]
    private static partial Regex OperatorNumber();
}
