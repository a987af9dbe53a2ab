using Unroll.Generator.Diagnostics;
using Unroll.Generator.Emission;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Incremental;

/// <summary>What became of one network: its code, and a failure if that is only the shell of a class the generator could not compile.</summary>
internal sealed record CompiledNetwork(NetworkCode Code, InternalFailure? Failure)
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
            string stage = (exception as StageFailedException)?.Stage ?? nameof(NetworkCompilation);
            Problem problem = InternalFailure.Describe(model.Header.DisplayName, stage, exception.InnerException ?? exception);
            return new CompiledNetwork(
                new NetworkCode(RejectedNetworkEmitter.Emit(RejectedNetwork.For(model.Header, problem.Text, model.Pretrained is not null, model.Ends))),
                new InternalFailure(model.Header, problem));
        }
    }

    /// <summary>The network among the others of its project.</summary>
    public LinkedNetwork Link(SharedKernels shared) => new(Code, Code.Kernels is { } kernels ? shared.OwnersOf(kernels) : default);
}

/// <summary>A network's code, and who holds each of its kernels.</summary>
internal sealed record LinkedNetwork(NetworkCode Code, EquatableArray<KernelOwner> Owners)
{
    /// <summary>All its files.</summary>
    public IEnumerable<GeneratedFile> Files => Code.Kernels is { } kernels ? Code.Files.Concat(KernelFile.Kernels(kernels, Owners)) : Code.Files;
}

/// <summary>All stages behind the front end: makes code of one network.</summary>
internal delegate NetworkCode NetworkCompilation(NetworkModel model, EquatableArray<SimdMachine> machines, CancellationToken cancellationToken);
