using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Tests.Graph;

/// <summary>Who needs a value, also where the graph was made from another one.</summary>
public sealed class OpGraphTests
{
    private static readonly OpGraph s_graph = new(
        EquatableArray.Of(Op(0), Op(1, 0), Op(2, 1), Op(3, 1), Op(4, 2, 2)), EquatableArray.Of(new GraphOutput(4, Head: null)), Gradients: default, Effects: default);

    [Fact]
    public void AReaderIsAnOperationThatNobodyElseSharesTheValueWith() =>
        Assert.Equal([0, 2], Enumerable.Range(0, 5).Where(s_graph.HasOneReader));

    [Fact]
    public void WhoNeedsTheValueFromOutsideIsAsked()
    {
        Assert.True(s_graph.HasOneReader(2));

        Assert.False((s_graph with { Outputs = EquatableArray.Of(new GraphOutput(4, Head: null) { Mask = 2 }) }).HasOneReader(2));
        Assert.False((s_graph with { Outputs = EquatableArray.Of(new GraphOutput(4, new OutputHead(Generator.Model.Activation.Softmax, 2))) }).HasOneReader(2));
        Assert.False((s_graph with { Gradients = EquatableArray.Of(new ParameterGradient(0, 2)) }).HasOneReader(2));
        Assert.False((s_graph with { Effects = EquatableArray.Of(2) }).HasOneReader(2));
    }

    [Fact]
    public void HavingBeenAskedDoesNotTellGraphsApart()
    {
        OpGraph other = s_graph with { Effects = default };
        Assert.True(s_graph.HasOneReader(2));

        Assert.Equal(other, s_graph);
    }

    private static Op Op(int id, params int[] inputs) =>
        new(id, id == 0 ? new InputOp(0) : new ReshapeOp(), inputs.ToEquatableArray(), Shape.Of(3), OpScope.Sample, new OpLabel("layer", "Forward"));
}
