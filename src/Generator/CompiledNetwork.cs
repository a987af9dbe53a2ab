using Unroll.Generator.Diagnostics;
using Unroll.Generator.Emission;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator;

/// <summary>What became of one network: its files, and a failure if they are only the shell of a class the generator could not compile.</summary>
internal sealed record CompiledNetwork(EquatableArray<GeneratedFile> Files, InternalFailure? Failure)
{
    /// <summary>Compiles one network so that a defect met there costs no other network its code.</summary>
    public static CompiledNetwork From(
        NetworkModel model, EquatableArray<SimdMachine> machines, NetworkCompilation compile, CancellationToken cancellationToken)
    {
        try
        {
            return new CompiledNetwork(compile(model, machines, cancellationToken), Failure: null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            string stage = (exception as StageFailedException)?.Stage ?? nameof(NetworkCompiler);
            Problem problem = InternalFailure.Describe(model.Header.DisplayName, stage, exception.InnerException ?? exception);
            return new CompiledNetwork(
                RejectedNetworkEmitter.Emit(RejectedNetwork.For(model.Header, problem.Text, model.Pretrained is not null)),
                new InternalFailure(model.Header, problem));
        }
    }
}

/// <summary>The signature of <see cref="NetworkCompiler.Compile"/>.</summary>
internal delegate EquatableArray<GeneratedFile> NetworkCompilation(
    NetworkModel model, EquatableArray<SimdMachine> machines, CancellationToken cancellationToken);
