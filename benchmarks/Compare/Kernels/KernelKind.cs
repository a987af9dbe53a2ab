namespace Unroll.Benchmarks;

/// <summary>The products of a Dense layer.</summary>
internal enum KernelKind
{
    /// <summary>y = relu(x·kernel + bias).</summary>
    Forward,

    /// <summary>dx = (dy·kernelᵀ)·relu′.</summary>
    InputGradient,

    /// <summary>dw = xᵀ·dy.</summary>
    KernelGradient,
}
