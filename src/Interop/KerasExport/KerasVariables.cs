using PureHDF;

namespace Unroll.Interop.KerasExport;

/// <summary>Where a file has the variables of a layer.</summary>
internal static class KerasVariables
{
    /// <summary>The group of a layer's variables: its own, or that of a layer inside.</summary>
    /// <param name="layer">The layer's group.</param>
    /// <param name="className">Its class.</param>
    /// <param name="part">What parameters have before their own name: <c>forward</c>, <c>query</c>.</param>
    public static H5Group Group(H5Group layer, string className, string part)
    {
        string[] path = (className, part) switch
        {
            ("Bidirectional", _) => [$"{part}_layer", "cell"],
            ("SimpleRNN" or "GRU" or "LSTM", _) => ["cell"],
            ("MultiHeadAttention", "attention_output") => ["output_dense"],
            ("MultiHeadAttention", _) => [$"{part}_dense"],
            _ => [],
        };
        H5Group group = layer;
        foreach (string name in path.Append("vars"))
        {
            if (!group.TryGetValue(name, out object? found))
            {
                group[name] = found = new H5Group();
                if (name is not "vars")
                {
                    ((H5Group)found)["vars"] = new H5Group();
                }
            }

            group = (H5Group)found;
        }

        return group;
    }
}
