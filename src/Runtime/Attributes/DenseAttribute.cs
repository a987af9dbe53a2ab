namespace Unroll;

/// <summary>A fully connected layer: <c>y = activation(x·kernel + bias)</c>.</summary>
/// <remarks>
/// <para>Input <c>[..., inputs]</c>, output <c>[..., units]</c>: on an input of rank above 1 the layer works on the last axis, with the same
/// kernel at every position of the others. Parameters: <c>kernel</c> [inputs, units] and, with <see cref="UseBias"/>, <c>bias</c> [units].</para>
/// <para>Penalties are added to the training loss: <c>L1·Σ|w| + L2·Σw²</c> for the kernel and for the bias.</para>
/// <para>Definition and defaults are those of <c>keras.layers.Dense</c> (Keras 3).</para>
/// </remarks>
/// <example>
/// <code>
/// [Dense(128, Activation.Relu, KernelL2 = 1e-4f)]     // 784 → 128: 784·128 + 128 parameters
/// </code>
/// </example>
/// <param name="units">The size of the output's last axis, at least 1.</param>
/// <param name="activation">Applied to the sum. Default: <see cref="Activation.Linear"/>, which leaves it as it is.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute(int units, Activation activation = Activation.Linear) : LayerAttribute
{
    /// <summary>The size of the output's last axis.</summary>
    public int Units { get; } = units;

    /// <summary>The function applied to <c>x·kernel + bias</c>.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>Whether a bias is added. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the kernel is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>Weight of the kernel's L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float KernelL1 { get; set; }

    /// <summary>Weight of the kernel's L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float KernelL2 { get; set; }

    /// <summary>Weight of the bias's L1 penalty, at least 0. Default: 0, no penalty.</summary>
    public float BiasL1 { get; set; }

    /// <summary>Weight of the bias's L2 penalty, at least 0. Default: 0, no penalty.</summary>
    public float BiasL2 { get; set; }
}
