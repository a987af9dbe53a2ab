using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Frontend;

/// <summary>A network, or one use of a block.</summary>
/// <param name="Owner">For messages: <c>block Shop.Body</c>.</param>
/// <param name="Marker">The attribute that makes it one.</param>
/// <param name="Prefix">What its layers' names begin with: <c>body1/</c>.</param>
/// <param name="OwnerPrefix">What its parameters' names begin with: that of the use it shares them with, if it does.</param>
/// <param name="ReportAt">Where problems of its layers are reported; null: at the layers.</param>
/// <param name="Scope">The values its layers can name.</param>
internal sealed record PartLevel(string Owner, string Marker, string Prefix, string OwnerPrefix, AttributeData? ReportAt, ValueScope Scope)
{
    /// <summary>Whether training may change the parameters of its layers.</summary>
    public bool IsTrained { get; init; } = true;

    /// <summary>The position of the use whose <c>Shared</c> gives its parameters; null where they are its own.</summary>
    public int? SharedAt { get; init; }

    /// <summary>Whether its input is a step of a sequence.</summary>
    public bool IsOfEachStep { get; init; }
}
