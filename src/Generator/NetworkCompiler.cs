using Unroll.Generator.Checks;
using Unroll.Generator.Emission;
using Unroll.Generator.Incremental;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;
using Unroll.Generator.Shapes;

namespace Unroll.Generator;

/// <summary>The compiler, stage by stage.</summary>
internal static class NetworkCompiler
{
    /// <param name="model">The network as declared.</param>
    /// <param name="machines">Whose kernels to write, widest first; the last one's run wherever the others' do not.</param>
    /// <param name="cancellationToken">The editor's.</param>
    public static NetworkCode Compile(NetworkModel model, EquatableArray<SimdMachine> machines, CancellationToken cancellationToken)
    {
        ShapeResult shapes = Stage.Run(nameof(Shapes), cancellationToken, () => ShapeInference.Run(model));
        CheckResult checks = Stage.Run(nameof(Checks), cancellationToken, () => NetworkCheck.Run(model, shapes));
        if (checks.Network is not { } network)
        {
            return new NetworkCode(
                RejectedNetworkEmitter.Emit(RejectedNetwork.For(model.Header, checks.Problems[0].Text, model.Pretrained is not null, model.Ends)));
        }

        var graphs = NetworkGraphs.Of(network, cancellationToken);
        NetworkPlan plan = Stage.Run(
            nameof(Planning),
            cancellationToken,
            () => NetworkPlan.Plan(network, graphs.Forward, graphs.Blocks, graphs.Single, graphs.Observed, graphs.Training, graphs.Stream));
        return Stage.Run(nameof(Emission), cancellationToken, () => SourceEmitter.Emit(plan, machines));
    }

    /// <summary>The graphs of a network as text, which no other stage needs; nothing for one that <see cref="Compile"/> refuses.</summary>
    public static EquatableArray<GeneratedFile> Dump(NetworkModel model, CancellationToken cancellationToken)
    {
        try
        {
            return NetworkCheck.Run(model, ShapeInference.Run(model)).Network is { } network
                ? EquatableArray.Of(GraphDump.Emit(model.Header, NetworkGraphs.Of(network, cancellationToken).Named()))
                : default;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Compiling has met the same defect, and reported it.
            return default;
        }
    }
}
