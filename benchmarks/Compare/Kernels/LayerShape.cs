using System.Reflection;
using Unroll.Compiled;

namespace Unroll.Benchmarks;

/// <summary>The layer to time, <c>dense2</c> of a network, and a batch.</summary>
internal sealed class LayerShape
{
    private const string Layer = "Dense2";

    private readonly Type _kernels;

    public LayerShape(Type network, int inputs, int units, int batch)
    {
        Inputs = inputs;
        Units = units;
        Batch = batch;
        Type code = network.Assembly.GetType($"Unroll.Generated.{network.FullName!.Replace('.', '_')}Code", throwOnError: true)!;

        // The code for this processor is of a generic type, whose argument holds the kernels.
        _kernels = code.GetMethod("Create")!.Invoke(null, null)!.GetType().GenericTypeArguments[0];
        var description = (NetworkDescription)network.GetField("__network", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
        BlockSamples = description.BlockSamples;
        BlockFloats = description.BlockSamples * description.TrainingSampleFloats;
    }

    public static IReadOnlyList<LayerShape> All { get; } =
    [
        .. ((int[])[32, 256]).SelectMany(static batch => (LayerShape[])
        [
            new(typeof(Layer784x512), 784, 512, batch),
            new(typeof(Layer512x512), 512, 512, batch),
            new(typeof(Layer1024x1024), 1024, 1024, batch),
        ]),
    ];

    public int Inputs { get; }

    public int Units { get; }

    public int Batch { get; }

    /// <summary>Samples in a block.</summary>
    public int BlockSamples { get; }

    /// <summary>The distance of two blocks.</summary>
    public int BlockFloats { get; }

    public long MultiplyAdds => (long)Inputs * Units * Batch;

    /// <summary>Room for any operand.</summary>
    public int OperandFloats => Math.Max(((Batch + BlockSamples - 1) / BlockSamples) * BlockFloats, Inputs * Units);

    public MethodInfo Method(KernelKind kind) =>
        _kernels.GetMethod($"{Layer}{kind}")
        ?? throw new InvalidOperationException($"{_kernels.Name} has no method {Layer}{kind}.");

    public string NameOf(KernelKind kind) => kind switch
    {
        KernelKind.Forward => $"forward {Inputs}-{Units}",
        KernelKind.InputGradient => $"dX {Inputs}-{Units}",
        _ => $"dW {Inputs}-{Units}",
    };

    /// <summary>How many products are added up for one value of the result.</summary>
    public int DepthOf(KernelKind kind) => kind switch
    {
        KernelKind.Forward => Inputs,
        KernelKind.InputGradient => Units,
        _ => Batch,
    };

    /// <summary>Where to look at the result: the first value and the last.</summary>
    public int[] ResultIndices(KernelKind kind)
    {
        if (kind == KernelKind.KernelGradient)
        {
            return [0, (Inputs * Units) - 1];
        }

        (int block, int local) = Math.DivRem(Batch - 1, BlockSamples);
        int width = kind == KernelKind.Forward ? Units : Inputs;
        return [0, (block * BlockFloats) + (local * width) + width - 1];
    }

    /// <summary>What a kernel must read and write: two operands, the saved activations of a gradient by inputs, and the result.</summary>
    public long BytesOf(KernelKind kind)
    {
        long x = (long)Batch * Inputs, y = (long)Batch * Units, kernel = (long)Inputs * Units;
        return sizeof(float) * (x + y + kernel + (kind == KernelKind.InputGradient ? x : 0));
    }
}
