namespace Unroll;

/// <summary>Limits on the size of a network: a build with a network that exceeds one of them fails.</summary>
/// <remarks>
/// The error says by how much the network exceeds its budget and which of its layers costs most. It may stand on any declaration of the
/// network's class.
/// </remarks>
/// <example>
/// <code>
/// [Network(28, 28)]
/// [Budget(MaxParameters = 110_000, MaxMultiplyAdds = 110_000, MaxBytes = 512 * 1024)]
/// [Flatten]
/// [Dense(128, Activation.Relu)]
/// [Dense(10, Activation.Softmax)]
/// public sealed partial class Digits;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class BudgetAttribute : Attribute
{
    /// <summary>The most parameters, moving averages and other statistics included: <c>ParameterCount</c>. At least 1. Default: no limit.</summary>
    public long MaxParameters { get; set; } = long.MaxValue;

    /// <summary>The most multiply-adds of one prediction, Σ inputs·units over all products. At least 1. Default: no limit.</summary>
    public long MaxMultiplyAdds { get; set; } = long.MaxValue;

    /// <summary>
    /// The most bytes the parameters take in memory: 4 a value, the last axis of each padded to a multiple of 16 values. At least 1. Default:
    /// no limit.
    /// </summary>
    public long MaxBytes { get; set; } = long.MaxValue;
}
