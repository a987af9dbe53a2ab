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
        string? weight = node.Input.Skip(1).FirstOrDefault(static input => input.EndsWith(".weight", StringComparison.Ordinal));
        return weight is not null ? weight[..^".weight".Length] : OfScope(node);
    }

    /// <summary>From the scope a node stands in: <c>/encoder/encoder.0/Gemm</c> is <c>encoder.0</c>, <c>model/dense/MatMul</c> <c>model_dense</c>.</summary>
    private static string? OfScope(NodeProto node)
    {
        string[] parts = node.Name.Split('/', StringSplitOptions.RemoveEmptyEntries);
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
