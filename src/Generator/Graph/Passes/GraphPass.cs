namespace Unroll.Generator.Graph.Passes;

/// <summary>One named rewrite of the graph.</summary>
internal abstract class GraphPass
{
    public abstract string Name { get; }

    public abstract OpGraph Apply(OpGraph graph);
}
