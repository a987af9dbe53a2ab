namespace Unroll.Deployment.Tests.Arm;

/// <param name="Address">Of the instruction.</param>
/// <param name="Text">Mnemonic and operands.</param>
/// <param name="Target">Where it branches to, within its function.</param>
internal sealed record Instruction(long Address, string Text, long? Target)
{
    public bool IsFusedMultiplyAdd => Text.StartsWith("fmla", StringComparison.Ordinal);

    /// <summary>Whether it computes something else from real numbers.</summary>
    public bool IsOtherArithmetic => !IsFusedMultiplyAdd && Text.StartsWith('f') && !Text.StartsWith("fmov", StringComparison.Ordinal);

    /// <summary>Whether it loads or stores by the stack or frame pointer.</summary>
    public bool TouchesStack => Text.Contains("[sp", StringComparison.Ordinal) || Text.Contains("[x29", StringComparison.Ordinal);
}
