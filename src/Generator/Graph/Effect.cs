namespace Unroll.Generator.Graph;

/// <summary>What an operation does beside computing a value.</summary>
internal enum Effect
{
    None,

    /// <summary>Its value is added to the sample's loss.</summary>
    Penalty,

    /// <summary>It changes its operands, which the network remembers.</summary>
    Commit,
}
