using Unroll.Generator.Layers;

namespace Unroll.Generator.Frontend;

/// <summary>What the parts of a network amount to, as they are read.</summary>
internal sealed class NetworkParts
{
    public List<NetworkInput> Inputs { get; } = [];

    public List<LayerNode> Nodes { get; } = [];

    public List<NetworkOutput> Outputs { get; } = [];
}
