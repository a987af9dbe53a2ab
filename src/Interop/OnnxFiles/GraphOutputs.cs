using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>What a graph gives, as outputs of a network.</summary>
internal static class GraphOutputs
{
    /// <summary>What goes out has to be a value of a layer of the network.</summary>
    public static void Settle(OnnxTranslation translation, GraphProto graph)
    {
        foreach (string output in graph.Output.Select(static output => output.Name).Where(name => !IsSettled(translation, name)))
        {
            var node = new NodeProto { OpType = "Identity", Name = output };
            node.Input.Add(output);
            var call = new OnnxCall(node, translation);
            try
            {
                LooseValue value = call.Loose(0);
                while (translation.Blocks.Of(value.Node) is not null)
                {
                    value = translation.Blocks.Leave(value);
                }

                translation.Give(output, LooseAxes.Settle(call, value));
            }
            catch (RefusedNodeException refused)
            {
                translation.Refuse(output, "output", refused.Argument, refused.Message, refused.Instead);
            }
        }
    }

    private static bool IsSettled(OnnxTranslation translation, string name) => translation.Loose(name) is null && translation.Scores(name) is null
        && (translation.Find(name) is not OnnxValue value || translation.Blocks.Of(value.Node) is null);
}
