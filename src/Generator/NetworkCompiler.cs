using Unroll.Generator.Emission;
using Unroll.Generator.Model;
using Unroll.Generator.Shapes;

namespace Unroll.Generator;

/// <summary>The compiler, stage by stage.</summary>
internal static class NetworkCompiler
{
    public static EquatableArray<GeneratedFile> Compile(NetworkModel model, CancellationToken cancellationToken)
    {
        ShapeResult shapes = Stage.Run(nameof(Shapes), cancellationToken, () => ShapeInference.Run(model));
        if (shapes.Network is not { } network)
        {
            return RejectedNetworkEmitter.Emit(RejectedNetwork.For(model.Header, shapes.Problems[0].Text));
        }

        return Stage.Run(nameof(Emission), cancellationToken, () => RejectedNetworkEmitter.Emit(
            RejectedNetwork.For(network.Model.Header, "Code generation for accepted networks is not connected yet.")));
    }
}
