using System.Reflection;
using Unroll.Compiled;

namespace Unroll.Benchmarks;

/// <summary>A layer of a network, whose kernels are timed on a batch.</summary>
internal abstract class KernelShape
{
    private readonly Type _kernels;
    private readonly string _layer;

    /// <param name="network">The network's class.</param>
    /// <param name="layer">The layer as it begins the names of its kernels.</param>
    /// <param name="batch">Samples.</param>
    protected KernelShape(Type network, string layer, int batch)
    {
        _layer = layer;
        Batch = batch;
        Type code = network.Assembly.GetType($"Unroll.Generated.{network.FullName!.Replace('.', '_')}Code", throwOnError: true)!;

        // The code for this processor is of a generic type, whose argument holds the kernels.
        _kernels = code.GetMethod("Create")!.Invoke(null, null)!.GetType().GenericTypeArguments[0];
        Description = (NetworkDescription)network.GetField("__network", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
    }

    public int Batch { get; }

    /// <summary>The kernels that the layer has.</summary>
    public abstract IReadOnlyList<KernelKind> Kinds { get; }

    public abstract long MultiplyAdds { get; }

    /// <summary>The distance of two blocks.</summary>
    public abstract int BlockFloats { get; }

    /// <summary>Room for any operand.</summary>
    public abstract int OperandFloats { get; }

    /// <summary>Multiply-adds as a share of the peak that a kernel is to reach; null where there is no target at this width.</summary>
    public abstract double? TargetOf(KernelKind kind, int bits);

    protected NetworkDescription Description { get; }

    public MethodInfo Method(KernelKind kind) =>
        _kernels.GetMethod($"{_layer}{kind}") ?? throw new InvalidOperationException($"{_kernels.Name} has no method {_layer}{kind}.");

    public abstract string NameOf(KernelKind kind);

    /// <summary>The calls that go through the batch.</summary>
    public abstract IEnumerable<KernelCall> CallsOf(KernelKind kind);

    /// <summary>How many products are added up for one value of the result.</summary>
    public abstract int DepthOf(KernelKind kind);

    /// <summary>Where to look at the result: the first value and the last.</summary>
    public abstract int[] ResultIndices(KernelKind kind);

    /// <summary>What a kernel must read and write: two operands, the saved activations of a gradient by inputs, and the result.</summary>
    public abstract long BytesOf(KernelKind kind);
}
